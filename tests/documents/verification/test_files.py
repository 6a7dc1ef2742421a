"""A file is checked: what a hirer may be handed, from the true paper to the forgeries that readers of PDF have fallen for."""

import re
import sys
import time
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mespoints.documents.seal import Seal, generate_demo_seal, load_seal
from mespoints.documents.verification import child, papers
from mespoints.documents.verification.outer_form import LARGEST_FILE, refused_for_its_form
from mespoints.documents.verification.papers import verify_pdf
from mespoints.documents.verification.seal_facts import Inspection
from mespoints.documents.verification.seal_inspection import Unreadable, inspection
from mespoints.documents.verification.trust import PaperTrust
from mespoints.documents.verification.verdict import Outcome, PaperStatus, Verdict
from tests.documents.conftest import SEAL_MADE_AT
from tests.documents.statements import ISSUED_AT, REFERENCE, statement
from tests.documents.test_paper import pdf_of
from tests.documents.verification import attacks
from tests.documents.verification.registers import NOW, Papers, papers_with, trusting

AUTHENTIC = {Outcome.AUTHENTIC, Outcome.AUTHENTIC_TEST}


@pytest.fixture(scope="session")
def trust(seal: Seal) -> PaperTrust:
    return trusting(seal)


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    files = generate_demo_seal(tmp_path_factory.mktemp("other"), SEAL_MADE_AT)
    return load_seal(files.key, files.certificate, ISSUED_AT)


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The inspection in this process: a hundred times faster, and the same code."""

    def inspected(pdf: bytes, roots: object) -> bytes | None:
        try:
            return msgspec.json.encode(inspection(pdf))
        except Unreadable:
            return None

    monkeypatch.setattr(papers, "inspected", inspected)


def checked(pdf: bytes, trust: PaperTrust, register: Papers | None = None, now: datetime = NOW) -> Verdict:
    return verify_pdf(pdf, trust, register, now)


def test_a_true_paper_is_authentic_and_current(sealed: bytes, trust: PaperTrust) -> None:
    register = papers_with(sealed)
    told = checked(sealed, trust, register)
    assert (told.outcome, told.status, told.is_good_today) == (Outcome.AUTHENTIC, PaperStatus.VALID, True)
    assert told.sealed_at == ISSUED_AT
    assert told.paper is not None
    assert (told.paper.kind, told.paper.reference, told.paper.initials) == ("Relevé intégral", REFERENCE, "M. L.")
    assert register.asked_on == [date(2026, 11, 25)]


def test_offline_the_seal_is_judged_and_the_rest_is_said_to_be_unknown(sealed: bytes, trust: PaperTrust) -> None:
    told = checked(sealed, trust)
    assert (told.outcome, told.status) == (Outcome.AUTHENTIC, PaperStatus.UNKNOWN)
    assert told.status_sentence is not None
    assert told.status_sentence.startswith("Hors ligne")
    assert told.paper is not None
    assert (told.paper.reference, told.paper.issued_on) == (REFERENCE, date(2026, 11, 22))


def test_a_test_seal_proves_nothing(sealed: bytes, seal: Seal, inside: None) -> None:
    told = checked(sealed, trusting(seal, is_test=True), papers_with(sealed))
    assert (told.outcome, told.is_authentic, told.is_test, told.is_good_today) == (Outcome.AUTHENTIC_TEST, False, True, False)


@pytest.mark.parametrize("status", [PaperStatus.REPLACED, PaperStatus.WITHDRAWN, PaperStatus.EXPIRED])
def test_a_true_paper_may_no_longer_be_current(status: PaperStatus, sealed: bytes, trust: PaperTrust, inside: None) -> None:
    told = checked(sealed, trust, papers_with(sealed, status))
    assert (told.outcome, told.status, told.is_good_today) == (Outcome.AUTHENTIC, status, False)


def test_a_paper_that_the_register_does_not_know_is_said(sealed: bytes, trust: PaperTrust, inside: None) -> None:
    told = checked(sealed, trust, Papers())
    assert (told.status, told.is_good_today) == (PaperStatus.UNKNOWN, False)
    assert told.status_sentence is not None
    assert "ne trouve pas" in told.status_sentence


def test_what_is_not_the_file_delivered_is_altered_even_if_its_seal_holds(sealed: bytes, trust: PaperTrust, inside: None) -> None:
    assert checked(sealed, trust, papers_with(b"another file")).outcome is Outcome.ALTERED


@pytest.mark.parametrize(
    "attack",
    [
        attacks.hidden,
        attacks.replaced,
        attacks.hidden_and_replaced,
        attacks.annotated,
        attacks.untouched_update,
    ],
)
def test_shadow_attacks_are_seen(attack: "attacks.Attack", sealed: bytes, trust: PaperTrust) -> None:
    forged = attack(sealed)
    assert forged.startswith(sealed)
    assert checked(forged, trust).outcome is Outcome.ALTERED


def test_a_changed_page_is_seen(sealed: bytes, trust: PaperTrust, inside: None) -> None:
    place = sealed.index(b"stream\n") + 40
    forged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
    assert checked(forged, trust).outcome is Outcome.ALTERED


def test_two_signatures_are_seen(sealed: bytes, trust: PaperTrust, other: Seal) -> None:
    assert checked(attacks.signed_again(sealed, other), trust).outcome is Outcome.SIGNED_TWICE


def test_the_same_words_sealed_by_another_are_not_ours(sealed: bytes, trust: PaperTrust, other: Seal) -> None:
    told = checked(attacks.resealed_by(sealed, other), trust, papers_with(sealed))
    assert (told.outcome, told.paper, told.status) == (Outcome.SIGNED_BY_ANOTHER, None, None)


def test_a_seal_taken_off_is_no_seal(sealed: bytes, trust: PaperTrust) -> None:
    assert checked(attacks.unsealed(sealed), trust).outcome is Outcome.NOT_SEALED
    assert checked(pdf_of(statement(1)), trust).outcome is Outcome.NOT_SEALED


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_copy_into_a_new_file_is_not_the_file(sealed: bytes, trust: PaperTrust, inside: None) -> None:
    assert checked(attacks.reprinted(sealed), trust).outcome is Outcome.ALTERED
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as pdf:
        pdf.save(out)
    assert checked(out.getvalue(), trust).outcome not in AUTHENTIC


def test_an_encrypted_file_is_said(sealed: bytes, trust: PaperTrust) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert checked(out.getvalue(), trust).outcome is Outcome.ENCRYPTED


@pytest.mark.parametrize(
    ("given_file", "outcome"),
    [
        (b"", Outcome.NOT_A_PDF),
        (b"\xff\xd8\xff\xe0 a photograph", Outcome.NOT_A_PDF),
        (b"%PDF-1.7\n", Outcome.TRUNCATED),
        (b"%PDF-1.7\n%%EOF\n", Outcome.NOT_SEALED),
        (b"GIF89a%PDF-1.7\n%%EOF\n", Outcome.POLYGLOT),
        (b"%PDF-1.7\n%%EOF\n<html>", Outcome.POLYGLOT),
        (b"%PDF-1.7\n%%EOF\nPK\x03\x04", Outcome.POLYGLOT),
        (b"%PDF-1.7\n/ByteRange [0 1 2 3]\n%%EOF\n", Outcome.UNREADABLE),
        (b"%PDF-1.7\n" + b" " * LARGEST_FILE, Outcome.TOO_LARGE),
    ],
)
def test_what_is_not_one_of_our_papers_has_its_name(given_file: bytes, outcome: Outcome, trust: PaperTrust) -> None:
    assert checked(given_file, trust).outcome is outcome


@pytest.mark.parametrize(
    ("disguise", "outcome"),
    [
        (lambda pdf: b"#!/bin/sh\n" + pdf, Outcome.POLYGLOT),
        (lambda pdf: pdf + b"<script>", Outcome.POLYGLOT),
        (lambda pdf: pdf + b"\n", Outcome.ALTERED),
        (lambda pdf: pdf + b"%%EOF\n", Outcome.UNREADABLE),
        (lambda pdf: pdf[:-300], Outcome.TRUNCATED),
        (lambda pdf: pdf[: len(pdf) // 2], Outcome.TRUNCATED),
    ],
)
def test_a_true_paper_with_more_or_less_around(
    disguise: "attacks.Attack", outcome: Outcome, sealed: bytes, trust: PaperTrust, inside: None
) -> None:
    assert checked(disguise(sealed), trust).outcome is outcome


def test_a_revoked_seal_proves_nothing(sealed: bytes, seal: Seal, inside: None) -> None:
    assert checked(sealed, trusting(seal, is_revoked=True)).outcome is Outcome.REVOKED


def test_a_seal_dated_outside_of_its_certificate_proves_nothing(sealed: bytes, seal: Seal) -> None:
    facts = Inspection(seals=1, signer=trusting(seal).seals[0].encoded, holds=True, sealed_at=seal.valid_until)
    assert papers._outcome(facts, trusting(seal)) is Outcome.AUTHENTIC
    late = msgspec.structs.replace(facts, sealed_at=seal.valid_until + timedelta(seconds=1))
    assert papers._outcome(late, trusting(seal)) is Outcome.OUT_OF_VALIDITY
    stamped = msgspec.structs.replace(facts, timestamped_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert papers._outcome(stamped, trusting(seal)) is Outcome.OUT_OF_VALIDITY


def test_a_paper_outlives_the_certificate_of_its_seal(sealed: bytes, trust: PaperTrust, inside: None) -> None:
    assert checked(sealed, trust, papers_with(sealed), datetime(2040, 1, 1, tzinfo=UTC)).outcome is Outcome.AUTHENTIC


# The container of the seal is not signed: what a later hand writes there is seen all the same.


@pytest.mark.parametrize("where", ["lower case", "padding", "space"])
def test_the_hole_of_the_seal_says_nothing_more(where: str, sealed: bytes, trust: PaperTrust, inside: None) -> None:
    place = attacks.seal_place(sealed)
    held = sealed[place]
    forged = {"lower case": held.lower(), "padding": held[:-2] + b"41", "space": held[:-1] + b" "}[where]
    assert checked(sealed[: place.start] + forged + sealed[place.stop :], trust).outcome is Outcome.ALTERED


# A stranger's file is read by a process that may die of it


def test_a_reader_that_turns_for_ever_is_stopped(sealed: bytes, trust: PaperTrust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WALL_SECONDS", 0.05)
    started = time.monotonic()
    assert checked(sealed, trust).outcome is Outcome.UNREADABLE
    assert time.monotonic() - started < 5


def test_a_reader_out_of_memory_is_a_verdict(sealed: bytes, trust: PaperTrust, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import sys; from mespoints.documents.verification import child; child.MEMORY = 40 << 20; sys.exit(child.main())"
    cramped = child.WarmReader([sys.executable, "-c", script])
    monkeypatch.setattr(child, "_warm", cramped)
    assert checked(sealed, trust).outcome is Outcome.UNREADABLE
    cramped.close()


def test_a_reader_that_fell_is_started_again(sealed: bytes, trust: PaperTrust) -> None:
    before = checked(sealed, trust)
    assert child._warm._process is not None
    child._warm._process.kill()
    child._warm._process.wait()
    assert checked(sealed, trust) == before


def test_one_process_reads_each_file_and_the_next_one_starts_clean(sealed: bytes, trust: PaperTrust) -> None:
    before = checked(sealed, trust)
    assert child._warm._process is not None
    warm = child._warm._process.pid
    assert checked(attacks.bomb(sealed), trust).outcome is Outcome.UNREADABLE
    assert checked(sealed, trust) == before
    assert child._warm._process.pid == warm


def test_a_bomb_of_compression_is_stopped(sealed: bytes, trust: PaperTrust) -> None:
    """A cross-reference stream that unfolds to a gigabyte."""
    bomb = attacks.bomb(sealed)
    assert len(bomb) < LARGEST_FILE
    started = time.monotonic()
    assert checked(bomb, trust).outcome is Outcome.UNREADABLE
    assert time.monotonic() - started < child.WALL_SECONDS + 5


def test_others_are_asked_to_wait(sealed: bytes, trust: PaperTrust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PATIENCE_SECONDS", 0.01)
    for _ in range(child.AT_ONCE):
        child._turns.acquire()
    try:
        with pytest.raises(child.TooManyAtOnce):
            checked(sealed, trust)
    finally:
        for _ in range(child.AT_ONCE):
            child._turns.release()


def test_nothing_of_the_file_is_left_behind(
    sealed: bytes, trust: PaperTrust, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    checked(sealed, trust)
    assert list(tmp_path.iterdir()) == []


# Whatever the bytes: a verdict, and never « authentic » for a file that is not the one delivered


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[float, int, bytes]]:
    """Places (as a part of the file), bytes taken off, bytes put in."""
    place = st.floats(0, 1, exclude_max=True)
    return draw(st.lists(st.tuples(place, st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=4))


def mutated(pdf: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, taken, put in changes:
        at = int(place * len(pdf))
        pdf = pdf[:at] + put + pdf[at + taken :]
    return pdf


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(changes=mutations())
def test_a_mutated_paper_is_never_authentic(changes: list[tuple[float, int, bytes]], sealed: bytes, seal: Seal) -> None:
    pdf = mutated(sealed, changes)
    assert pdf == sealed or verdict_inside(pdf, seal) not in AUTHENTIC


def test_a_capital_changed_in_the_name_of_the_maker_is_seen(sealed: bytes, seal: Seal) -> None:
    """The seal names its certificate outside what it signs, and names are otherwise compared whatever their capitals."""
    place = attacks.seal_place(sealed)
    name = b"fictives".hex().upper().encode()
    found = [place.start + each.start() for each in re.finditer(name, sealed[place])]
    # In the certificate (issuer and subject), then in what says whose seal it is.
    assert len(found) > 2
    for at in found:
        pdf = sealed[:at] + b"46" + sealed[at + 2 :]
        assert verdict_inside(pdf, seal) not in AUTHENTIC


@FUZZ
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_bit_of_the_seal_changed_is_never_authentic(at: float, bit: int, sealed: bytes, seal: Seal) -> None:
    place = attacks.seal_place(sealed)
    turned = place.start + int(at * (place.stop - place.start))
    pdf = sealed[:turned] + bytes([sealed[turned] ^ 1 << bit]) + sealed[turned + 1 :]
    assert verdict_inside(pdf, seal) not in AUTHENTIC


@FUZZ
@given(content=st.binary(max_size=400))
@example(content=b"")
def test_any_bytes_have_a_verdict(content: bytes, seal: Seal) -> None:
    for pdf in (content, b"%PDF-1.7\n" + content + b"\n%%EOF", b"%PDF-1.7\n/ByteRange" + content + b"\n%%EOF"):
        assert verdict_inside(pdf, seal) not in AUTHENTIC


def verdict_inside(pdf: bytes, seal: Seal) -> Outcome:
    refused = refused_for_its_form(pdf)
    if refused is not None:
        return refused
    try:
        return papers._outcome(inspection(pdf), trusting(seal))
    except Unreadable:
        return Outcome.UNREADABLE

"""A visible code is pasted, a reference is typed: as people do it, with its slips."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.documents.symbols import visible_code
from mespoints.documents.verification.papers import verify_code, verify_reference
from mespoints.documents.verification.register_of_papers import initials, typed_reference
from mespoints.documents.verification.trust import PaperTrust
from mespoints.documents.verification.verdict import Outcome, PaperStatus
from mespoints.documents.visible_code.signature import KeySigner
from mespoints.documents.visible_code.trust import Trust
from tests.documents.statements import REFERENCE, attestation, statement
from tests.documents.verification.registers import NOW, Papers, authority, papers_with

REAL = "FR05"


@pytest.fixture(scope="module")
def real(signer: KeySigner) -> KeySigner:
    """The same key, known as no test."""
    return replace(signer, authority=REAL)


@pytest.fixture(scope="module")
def trust(real: KeySigner, signer: KeySigner) -> PaperTrust:
    known = Trust(authorities=(authority(real, is_test=False), authority(signer, is_test=True)))
    return PaperTrust(seals=(), visible_codes=known)


def code_of(signer: KeySigner, *, full: bool = False) -> str:
    made = visible_code(statement() if full else attestation(), REFERENCE, signer, 1)
    assert made is not None
    return made.decode("ascii")


def test_the_code_of_an_attestation_says_the_rights_and_initials_alone(real: KeySigner, trust: PaperTrust) -> None:
    told = verify_code(code_of(real), trust, papers_with(b""), NOW)
    assert (told.outcome, told.status, told.is_good_today) == (Outcome.AUTHENTIC, PaperStatus.VALID, True)
    assert told.paper is not None
    assert (told.paper.initials, told.paper.reference, told.paper.holds_points) == ("M. L.", REFERENCE, False)
    assert told.paper.categories
    assert told.paper.rights
    assert "loeuillet" not in repr(told).lower()


def test_the_code_of_a_statement_says_that_the_paper_tells_of_points(real: KeySigner, trust: PaperTrust) -> None:
    told = verify_code(code_of(real, full=True), trust, papers_with(b""), NOW)
    assert told.paper is not None
    assert told.paper.holds_points
    assert (told.paper.categories, told.paper.rights) == ((), None)


def test_a_test_code_proves_nothing(signer: KeySigner, trust: PaperTrust) -> None:
    told = verify_code(code_of(signer), trust, papers_with(b""), NOW)
    assert (told.outcome, told.is_authentic) == (Outcome.AUTHENTIC_TEST, False)


def test_an_attestation_past_its_last_day_has_expired(real: KeySigner, trust: PaperTrust) -> None:
    last = attestation().expires_on
    on_the_day = datetime(last.year, last.month, last.day, 12, tzinfo=UTC)
    assert verify_code(code_of(real), trust, papers_with(b""), on_the_day).status is PaperStatus.VALID
    told = verify_code(code_of(real), trust, papers_with(b""), datetime(last.year + 1, 1, 1, tzinfo=UTC))
    assert (told.status, told.is_good_today) == (PaperStatus.EXPIRED, False)
    assert told.word == "Authentique, mais expiré"


def test_offline_what_became_of_it_is_unknown(real: KeySigner, trust: PaperTrust) -> None:
    told = verify_code(code_of(real), trust, None, NOW)
    assert told.status is PaperStatus.UNKNOWN
    assert (told.status_sentence or "").startswith("Hors ligne")


@pytest.mark.parametrize(
    ("slip", "outcome"),
    [
        (lambda code: f"  {code}\r\n", Outcome.AUTHENTIC),
        (lambda code: code.replace("\x1d", "<GS>").replace("\x1f", "␟"), Outcome.AUTHENTIC),
        (str.lower, Outcome.NOT_A_CODE),
        (lambda code: code[:-1], Outcome.NOT_A_CODE),
        (lambda code: code + "A", Outcome.NOT_A_CODE),
        (lambda code: code[:60], Outcome.NOT_A_CODE),
        (lambda code: code.replace("\x1d", ""), Outcome.NOT_A_CODE),
        (lambda code: code.replace("\x1d", "\x1d\x1d", 1), Outcome.NOT_A_CODE),
        (lambda code: code.replace("\x1f", "\x1d"), Outcome.NOT_A_CODE),
        (lambda code: code.replace("LOEUILLET", "LOEUILLOT"), Outcome.ALTERED),
        (lambda code: code[:-1] + ("A" if code[-1] != "A" else "I"), Outcome.ALTERED),
        (lambda code: code.replace(REAL, "FR09", 1), Outcome.SIGNED_BY_ANOTHER),
        (lambda code: code * 20, Outcome.NOT_A_CODE),
        (lambda code: "", Outcome.NOT_A_CODE),
        (lambda code: "https://points.example.fr/verifier/", Outcome.NOT_A_CODE),
    ],
)
def test_a_slip_has_a_clear_verdict(slip: "st.Callable", outcome: Outcome, real: KeySigner, trust: PaperTrust) -> None:  # type: ignore[name-defined]
    told = verify_code(slip(code_of(real)), trust, None, NOW)
    assert told.outcome is outcome
    assert told.sentence
    assert told.what_to_do
    assert (told.paper is not None) is (outcome is Outcome.AUTHENTIC)


@given(place=st.floats(0, 1, exclude_max=True), put=st.characters(min_codepoint=32, max_codepoint=126))
def test_one_letter_changed_is_never_authentic(place: float, put: str, real: KeySigner, trust: PaperTrust) -> None:
    code = code_of(real)
    at = int(place * len(code))
    forged = code[:at] + put + code[at + 1 :]
    assert forged == code or verify_code(forged, trust, None, NOW).outcome not in {Outcome.AUTHENTIC, Outcome.AUTHENTIC_TEST}


@given(text=st.text(max_size=300))
def test_any_text_has_a_verdict(text: str, trust: PaperTrust) -> None:
    assert verify_code(text, trust, None, NOW).outcome is not Outcome.AUTHENTIC


@pytest.mark.parametrize(
    "typed",
    ["K7Q2-M4XD-9TPA", "k7q2m4xd9tpa", " K7Q2 M4XD 9TPA ", "K7Q2–M4XD—9TPA", "k7q2.m4xd/9tpa", "K7Q2\u00a0M4XD\u202f9TPA"],
)
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert typed_reference(typed) == REFERENCE


def test_letters_that_look_like_digits_are_digits() -> None:
    assert typed_reference("oOiI-lL00-1111") == "0011-1100-1111"


@pytest.mark.parametrize(
    "typed", ["", "K7Q2-M4XD-9TP", "K7Q2-M4XD-9TPAA", "K7Q2-M4XD-9TPU", "É7Q2-M4XD-9TPA", "K" * 5000, "½7Q2M4XD9TPA"]
)
def test_what_cannot_be_a_reference_is_said(typed: str) -> None:
    assert typed_reference(typed) is None
    assert verify_reference(typed, Papers(), NOW, invented=False).outcome is Outcome.NOT_A_REFERENCE


def test_a_reference_proves_nothing() -> None:
    told = verify_reference("k7q2m4xd9tpa", papers_with(b""), NOW, invented=False)
    assert (told.outcome, told.is_authentic, told.is_good_today, told.status) == (
        Outcome.KNOWN_REFERENCE,
        False,
        False,
        PaperStatus.VALID,
    )
    assert "ne prouve pas" in told.sentence
    assert verify_reference("0000-0000-0000", papers_with(b""), NOW, invented=False).outcome is Outcome.UNKNOWN_REFERENCE


@pytest.mark.parametrize(
    ("status", "word"), [(PaperStatus.REPLACED, "Document remplacé"), (PaperStatus.WITHDRAWN, "Document retiré")]
)
def test_what_became_of_a_paper_is_said_first(status: PaperStatus, word: str) -> None:
    assert verify_reference(REFERENCE, papers_with(b"", status), NOW, invented=False).word == word


def test_a_demonstration_says_that_it_is_one() -> None:
    told = verify_reference(REFERENCE, papers_with(b""), NOW, invented=True)
    assert "démonstration" in told.remarks[0]


@pytest.mark.parametrize(
    ("given_names", "name", "said"),
    [(("Maëlle", "Ségolène"), "Lœuillet-Fÿ", "M. L."), (("éva",), "d’Arc", "É. D."), ((), "Ng", "N."), (("ß",), "X", "S. X.")],
)
def test_initials(given_names: tuple[str, ...], name: str, said: str) -> None:
    assert initials(given_names, name) == said


def test_the_day_of_the_status_is_that_of_paris() -> None:
    register = papers_with(b"")
    verify_reference(REFERENCE, register, datetime(2026, 11, 24, 23, 30, tzinfo=UTC), invented=False)
    assert register.asked_on == [date(2026, 11, 25)]

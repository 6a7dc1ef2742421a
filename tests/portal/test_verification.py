"""The page where anybody checks a paper: its three ways, its words, and all it never does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespoints.access_log.models import AccessTrace
from mespoints.documents.issuance import IssuedPdf, Workshop, issue_attestation, issue_full_statement
from mespoints.documents.models import IssuedDocument
from mespoints.documents.seal import generate_demo_seal, load_seal
from mespoints.documents.symbols import visible_code
from mespoints.documents.verification import child
from mespoints.documents.verification.own_trust import CodeKey, TrustSources, own_trust
from mespoints.documents.verification.verdict import Means, Outcome, PaperStatus
from mespoints.documents.verification.words import verdict_of
from mespoints.documents.visible_code.signature import generate_test_key, load_signer
from mespoints.portal.pages.verdict import Tone
from mespoints.portal.pages.verification import TONES, tone_of
from mespoints.portal.views import verification
from mespoints.register.consultation import Reader, ReaderRole, record
from tests.feed.samples import FILE_NUMBER, enter, holder, licence, offence

AT = datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC)
ON = date(2026, 11, 22)
Issue = Callable[..., IssuedPdf]


@pytest.fixture
def hirer(db: None) -> Client:
    """With the forms' protection on, as in production."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def workshop(tmp_path: Path, settings: Any) -> Workshop:
    settings.SEAL = generate_demo_seal(tmp_path / "seal", AT)
    code = CodeKey(key=generate_test_key(tmp_path / "code.pem"), authority="FR00", certificate="TEST")
    settings.PAPER_TRUST = TrustSources(seal_certificate=settings.SEAL.certificate, code=code, file=None, is_test=True)
    signer = load_signer(code.key, authority="FR00", certificate="TEST")
    seal = load_seal(settings.SEAL.key, settings.SEAL.certificate, AT)
    return Workshop(seal=seal, signer=signer, base_url="https://points.example.fr", invented=True)


@pytest.fixture
def issued(db: None, tmp_path: Path, workshop: Workshop) -> Issue:
    enter(tmp_path, [holder(), licence(), offence(label="Téléphone tenu en main")])

    def issue(how: Any = issue_attestation) -> IssuedPdf:
        consulted = record(FILE_NUMBER, Reader(account_id=1, role=ReaderRole.HOLDER, reason="tests"))
        return how(consulted, ON, AT, workshop)  # type: ignore[no-any-return]

    return issue


def sent(client: Client, content: bytes, name: str = "recu.pdf") -> Any:
    return client.post("/verifier/", {"fichier": SimpleUploadedFile(name, content, content_type="application/pdf")})


def said(answer: Any) -> str:
    return str(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def test_an_attestation_is_checked_by_its_file(hirer: Client, issued: Issue) -> None:
    paper = issued()
    answer = sent(hirer, paper.pdf)
    html = said(answer)
    assert answer.status_code == 200
    # The seal of a demonstration proves nothing, and that comes first.
    assert "Document d’essai, sans valeur" in html
    assert paper.reference in html
    assert "Catégories" in html
    assert "Ce papier dit des points" not in html
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_true_seal_is_said_authentic(hirer: Client, issued: Issue, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = issued()
    monkeypatch.setattr(verification, "trust", lambda: real_trust(settings))
    html = said(sent(hirer, paper.pdf))
    assert ">✓</span> Authentique" in html
    assert "Il est valable jusqu’au" in html


def real_trust(settings: Any) -> Any:
    trust = own_trust(settings.PAPER_TRUST)
    return replace(trust, seals=tuple(replace(each, is_test=False) for each in trust.seals))


def test_points_and_names_are_never_shown(hirer: Client, issued: Issue) -> None:
    paper = issued(issue_full_statement)
    row = IssuedDocument.objects.select_related("holder").get(reference=paper.reference)
    for answer in (sent(hirer, paper.pdf), hirer.get(f"/verifier/{paper.reference}/")):
        html = said(answer)
        assert "Ce papier dit des points" in html
        assert row.initials in html
        assert row.holder.file_number not in html
        assert "Téléphone" not in html
        assert "sur 12" not in html
        assert "Catégories" not in html


def test_an_altered_file_is_said_in_red(hirer: Client, issued: Issue) -> None:
    html = said(sent(hirer, issued().pdf + b"\n"))
    assert 'tone-urgent">' in html
    assert "Ce fichier a été modifié" in html


def test_a_code_is_checked_when_pasted(hirer: Client, issued: Issue, workshop: Workshop) -> None:
    from mespoints.documents.statements import entitlement_attestation

    consulted = record(FILE_NUMBER, Reader(account_id=1, role=ReaderRole.HOLDER, reason="tests"))
    reference = issued().reference
    code = visible_code(entitlement_attestation(consulted, ON, AT), reference, workshop.signer, 1)  # type: ignore[arg-type]
    assert code is not None
    shown = code.decode("ascii").replace("\x1d", "<GS>").replace("\x1f", "<US>")
    html = said(hirer.post("/verifier/", {"code": f" {shown}\n"}))
    assert "Document d’essai, sans valeur" in html
    assert reference in html


def test_a_code_that_cannot_be_read_is_given_back(hirer: Client) -> None:
    answer = hirer.post("/verifier/", {"code": "dc04fr00<script>"})
    html = said(answer)
    assert answer.status_code == 200
    assert "Ce code n’est pas un 2D-Doc lisible" in html
    assert "dc04fr00&lt;script&gt;" in html
    assert 'aria-describedby="code-erreur"' in html


def test_a_reference_is_found_however_it_is_typed(hirer: Client, issued: Issue) -> None:
    reference = issued().reference
    answer = hirer.post("/verifier/", {"reference": reference.replace("-", " ").lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/verifier/{reference}/")
    html = said(hirer.get(f"/verifier/{reference}/"))
    assert "Référence connue" in html
    assert "ne prouve pas" in html
    assert "Vérifier le fichier ou le code" in html


def test_an_unknown_reference_is_not_found(hirer: Client) -> None:
    answer = hirer.get("/verifier/0000-0000-0000/")
    assert answer.status_code == 404
    assert "Référence inconnue" in said(answer)
    assert "Ce n’est pas une référence" in said(hirer.get("/verifier/<b>/"))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({}, "Il manque le fichier"),
        ({"code": " "}, "Il manque le code"),
        ({"reference": ""}, "Il manque la référence"),
        ({"reference": "K7Q2"}, "Une référence compte douze"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(typed: dict[str, str], problem: str, hirer: Client) -> None:
    html = said(hirer.post("/verifier/", typed))
    assert problem in html
    assert 'class="field-error"' in html


def test_looking_at_a_reference_reads_no_record_and_takes_three_statements(hirer: Client, issued: Issue) -> None:
    reference = issued().reference
    traces = AccessTrace.objects.count()
    hirer.get(f"/verifier/{reference}/")
    with CaptureQueriesContext(connection) as captured:
        hirer.get(f"/verifier/{reference}/")
    assert len(captured.captured_queries) == 3
    assert AccessTrace.objects.count() == traces


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(hirer: Client) -> None:
    class Untouched:
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    environ: dict[str, Any] = {"CONTENT_LENGTH": "52428800", "wsgi.input": Untouched()}
    answer = hirer.generic("POST", "/verifier/", b"", content_type="multipart/form-data; boundary=x", **environ)
    assert answer.status_code == 200
    assert "dépasse 5 Mo" in said(answer)


def test_an_announced_length_that_is_no_number_is_refused(hirer: Client) -> None:
    answer = hirer.generic("POST", "/verifier/", b"", content_type="application/x-www-form-urlencoded", CONTENT_LENGTH="9" * 40)
    assert "dépasse 5 Mo" in said(answer)


def test_a_file_never_touches_the_disk(hirer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond 2.5 MB Django would write a temporary file."""
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *_, **__: 1 // 0)
    answer = sent(hirer, b"%PDF-1.7\n" + b" " * 4_000_000 + b"%%EOF\n")
    assert "Sans cachet" in said(answer)


def test_when_too_many_ask_one_is_told_to_wait(hirer: Client, issued: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise child.TooManyAtOnce

    monkeypatch.setattr("mespoints.documents.verification.papers.inspected", busy)
    answer = sent(hirer, issued().pdf)
    assert answer.status_code == 503
    assert "Réessayez dans une minute" in said(answer)
    monkeypatch.setattr(verification, "LIMIT", replace(verification.LIMIT, at_most=2))
    assert hirer.post("/verifier/", {}).status_code == 200
    assert hirer.post("/verifier/", {}).status_code == 429
    assert hirer.get("/verifier/K7Q2-M4XD-9TPA/").status_code == 429


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_words_and_its_tone(outcome: Outcome) -> None:
    verdict = verdict_of(Means.FILE, outcome)
    assert verdict.word
    assert verdict.sentence.endswith(".")
    assert verdict.what_to_do.endswith(".")
    assert (tone_of(verdict) is Tone.CALM) is (outcome is Outcome.AUTHENTIC)
    assert outcome in TONES or tone_of(verdict) is Tone.URGENT


@pytest.mark.parametrize("status", list(PaperStatus))
def test_only_a_current_paper_is_in_the_colour_of_calm(status: PaperStatus) -> None:
    verdict = verdict_of(Means.FILE, Outcome.AUTHENTIC, standing=(status, "…"))
    assert (tone_of(verdict) is Tone.CALM) is (status is PaperStatus.VALID)

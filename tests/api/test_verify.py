"""POST /api/v1/verify: the verdict of the page, for programs."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespoints.documents.issuance import IssuedPdf, Workshop, issue_attestation
from mespoints.documents.seal import generate_demo_seal, load_seal
from mespoints.documents.verification import child
from mespoints.documents.verification.own_trust import CodeKey, TrustSources
from mespoints.documents.verification.trust import paper_trust_from_json
from mespoints.documents.visible_code.signature import generate_test_key, load_signer
from mespoints.register.consultation import Reader, ReaderRole, record
from tests.api.conftest import ROOT, code, said
from tests.feed.samples import FILE_NUMBER, enter, holder, licence

AT = datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC)
VERIFY = ROOT + "verify"
Send = Callable[..., Any]


@pytest.fixture
def issued(db: None, tmp_path: Path, settings: Any) -> IssuedPdf:
    files = generate_demo_seal(tmp_path / "seal", AT)
    key = CodeKey(key=generate_test_key(tmp_path / "code.pem"), authority="FR00", certificate="TEST")
    settings.PAPER_TRUST = TrustSources(seal_certificate=files.certificate, code=key, file=None, is_test=True)
    enter(tmp_path, [holder(), licence()])
    consulted = record(FILE_NUMBER, Reader(account_id=1, role=ReaderRole.HOLDER, reason="tests"))
    workshop = Workshop(
        seal=load_seal(files.key, files.certificate, AT),
        signer=load_signer(key.key, authority="FR00", certificate="TEST"),
        base_url="https://points.example.fr",
        invented=True,
    )
    return issue_attestation(consulted, date(2026, 11, 22), AT, workshop)


@pytest.fixture
def send(caller: Client) -> Send:
    def post(raw: bytes, kind: str = "application/json", **meta: str) -> Any:
        said_of_it: dict[str, Any] = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(raw)), **meta}
        return caller.generic("POST", VERIFY, raw, content_type=kind, **said_of_it)

    return post


def test_a_file_is_verified(send: Send, issued: IssuedPdf) -> None:
    answer = send(issued.pdf, "application/pdf")
    told = said(answer)
    assert answer.status_code == 200
    assert (told["outcome"], told["is_authentic"], told["is_test"], told["status"]) == ("authentic-test", False, True, "valid")
    assert told["paper"]["reference"] == issued.reference
    assert (told["paper"]["holds_points"], told["paper"]["categories"]) == (False, ["AM", "B"])
    assert "points" not in answer.content.decode().replace("holds_points", "")
    assert said(send(issued.pdf + b"\n", "application/pdf"))["outcome"] == "altered"
    assert said(send(b"hello", "application/pdf"))["outcome"] == "not-a-pdf"


def test_a_reference_and_a_code_are_verified(send: Send, issued: IssuedPdf) -> None:
    told = said(send(f'{{"reference": "{issued.reference.lower()}"}}'.encode()))
    assert (told["outcome"], told["is_good_today"]) == ("known-reference", False)
    assert said(send(b'{"reference": "0000-0000-0000"}'))["outcome"] == "unknown-reference"
    assert said(send(b'{"code": "DC04"}'))["outcome"] == "not-a-code"


@pytest.mark.parametrize(
    ("raw", "kind", "meta", "refusal"),
    [
        (b"{}", "application/json", {}, "shape"),
        (b'{"code": "A", "reference": "B"}', "application/json", {}, "shape"),
        (b'{"code": 3}', "application/json", {}, "shape"),
        (b"[]", "application/json", {}, "shape"),
        (b"{", "application/json", {}, "json"),
        (b"x", "image/jpeg", {}, "media_type"),
        (b"x", "application/pdf", {"CONTENT_LENGTH": "52428800"}, "too_large"),
        (b"x", "application/pdf", {"CONTENT_LENGTH": ""}, "length_required"),
    ],
)
def test_what_is_not_a_question_is_refused(raw: bytes, kind: str, meta: dict[str, str], refusal: str, send: Send) -> None:
    assert code(send(raw, kind, **meta)) == refusal


def test_when_too_many_ask_the_answer_says_when_to_return(send: Send, issued: IssuedPdf, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise child.TooManyAtOnce

    monkeypatch.setattr("mespoints.documents.verification.papers.inspected", busy)
    answer = send(issued.pdf, "application/pdf")
    assert (answer.status_code, code(answer), answer.headers["Retry-After"]) == (503, "busy", "60")


def test_a_file_weighs_more_than_a_case(send: Send, issued: IssuedPdf, settings: Any) -> None:
    settings.API_CASES_PER_MINUTE = 30
    assert send(b"hello", "application/pdf").status_code == 200
    assert send(b"hello", "application/pdf").status_code == 429


def test_whom_to_trust_is_public(caller: Client, issued: IssuedPdf, settings: Any) -> None:
    answer = caller.get(ROOT + "verify/trust")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    trust = paper_trust_from_json(answer.content)
    assert [each.is_test for each in trust.seals] == [True]
    assert b"PRIVATE" not in answer.content
    assert code(caller.post(VERIFY + "/trust")) == "method_not_allowed"

"""POST /api/v1/verify: a paper checked by its file, its code or its reference. The verdict of the page; nothing is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, assert_never

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Schema

from mespoints.api.offences import Day
from mespoints.api.reading import JSON, body, read_at_most
from mespoints.api.refusals import Refusal
from mespoints.documents.issued_papers import IssuedPapers
from mespoints.documents.verification.child import TooManyAtOnce
from mespoints.documents.verification.outer_form import LARGEST_FILE
from mespoints.documents.verification.own_trust import own_trust
from mespoints.documents.verification.papers import verify_code, verify_pdf, verify_reference
from mespoints.documents.verification.trust import paper_trust_to_json
from mespoints.documents.verification.verdict import Means, Outcome, PaperStatus, Verdict
from mespoints.law.case_fields import CaseError, refuse
from mespoints.law.case_json import read_json

PDF = "application/pdf"
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
WEIGHT_OF_A_FILE = 20
"""Cases: about half a second of one processor."""


@dataclass(frozen=True, slots=True)
class File:
    content: bytes


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    text: str


Question = File | Code | Reference


class Paper(Schema):
    """Ce qu’un tiers peut savoir d’un document qui vient d’ici : ni points, ni infractions, ni nom entier."""

    kind: str
    reference: str | None
    issued_on: Day | None
    expires_on: Day | None
    """Last day included."""
    initials: str | None
    rights: str | None
    categories: list[str]
    holds_points: bool


class PaperVerdict(Schema):
    """Le verdict. « is_good_today » : authentique, ni essai, ni expiré, ni remplacé, ni retiré."""

    means: Annotated[str, Field(json_schema_extra={"enum": [each.value for each in Means]})]
    outcome: Annotated[str, Field(json_schema_extra={"enum": [each.value for each in Outcome]})]
    is_authentic: bool
    is_test: bool
    is_good_today: bool
    word: str
    sentence: str
    what_to_do: str
    status: Annotated[str | None, Field(json_schema_extra={"enum": [*(each.value for each in PaperStatus), None]})]
    status_sentence: str | None
    paper: Paper | None
    sealed_at: Moment | None
    timestamped_at: Moment | None
    remarks: list[str]


def question(request: HttpRequest) -> Question | CaseError:
    """What cannot be read is a value: it is counted like the rest, then refused."""
    try:
        if request.content_type == PDF:
            return File(read_at_most(request, LARGEST_FILE, "Les documents de ce service pèsent cent fois moins."))
        return _asked(read_json(_json(request)))
    except CaseError as error:
        return error


def _json(request: HttpRequest) -> bytes:
    if request.content_type != JSON:
        raise Refusal("media_type", f"corps d’un autre type ; attendu {PDF} (le fichier même) ou {JSON} (code ou référence).")
    return body(request)


def _asked(document: object) -> Code | Reference:
    match document:
        case {"code": str(text), **others} if not others:
            return Code(text)
        case {"reference": str(text), **others} if not others:
            return Reference(text)
        case _:
            refuse("shape", "", 'attendu {"code": "…"} ou {"reference": "…"}, un seul des deux, en texte.')


def weight(asked: Question) -> int:
    return WEIGHT_OF_A_FILE if isinstance(asked, File) else 1


def verdict(asked: Question, now: datetime) -> PaperVerdict:
    """Raises Refusal when too many files are being read."""
    try:
        return said(_judged(asked, now))
    except TooManyAtOnce:
        message = "trop de fichiers sont vérifiés en ce moment ; réessayez dans une minute."
        raise Refusal("busy", message, headers={"Retry-After": "60"}) from None


def _judged(asked: Question, now: datetime) -> Verdict:
    trust, register = own_trust(settings.PAPER_TRUST), IssuedPapers()
    match asked:
        case File(content):
            return verify_pdf(content, trust, register, now)
        case Code(text):
            return verify_code(text, trust, register, now)
        case Reference(text):
            return verify_reference(text, register, now, invented=settings.INVENTED_DATA)
        case _:
            assert_never(asked)


def said(judged: Verdict) -> PaperVerdict:
    paper = judged.paper
    return PaperVerdict(
        means=judged.means,
        outcome=judged.outcome,
        is_authentic=judged.is_authentic,
        is_test=judged.is_test,
        is_good_today=judged.is_good_today,
        word=judged.word,
        sentence=judged.sentence,
        what_to_do=judged.what_to_do,
        status=judged.status,
        status_sentence=judged.status_sentence,
        paper=None
        if paper is None
        else Paper(
            kind=paper.kind,
            reference=paper.reference,
            issued_on=paper.issued_on.isoformat() if paper.issued_on is not None else None,
            expires_on=paper.expires_on.isoformat() if paper.expires_on is not None else None,
            initials=paper.initials,
            rights=paper.rights,
            categories=list(paper.categories),
            holds_points=paper.holds_points,
        ),
        sealed_at=judged.sealed_at.isoformat() if judged.sealed_at is not None else None,
        timestamped_at=judged.timestamped_at.isoformat() if judged.timestamped_at is not None else None,
        remarks=list(judged.remarks),
    )


def trust_file() -> bytes:
    """What ``mespoints verify`` needs to answer without us."""
    return paper_trust_to_json(own_trust(settings.PAPER_TRUST))

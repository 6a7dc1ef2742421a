"""Checking a paper: the form with its three ways, and the answer; for anybody, without an account, never a word of points."""

from dataclasses import dataclass

from mespoints.documents.verification.verdict import CheckedPaper, Means, Outcome, PaperStatus, Verdict
from mespoints.portal.french import day_in_words, moment_in_words, typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.verdict import Tone

FILE, CODE, REFERENCE = "fichier", "code", "reference"
LONGEST_ECHO = 3000
"""Characters of a pasted code that are shown again when it cannot be read; a code has 2,335 at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    field: str
    sentence: str
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationPage:
    frame: Frame
    file_problem: str
    code_problem: str
    reference_problem: str
    typed_code: str
    typed_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Of the paper today."""

    tone: Tone
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    frame: Frame
    tone: Tone
    mark: str
    """A sign beside the word, for the eye alone."""
    word: str
    sentence: str
    what_to_do: str
    standing: Standing | None
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    tells_of_points: bool
    is_proof: bool
    """False: a reference alone proves nothing, and the page offers the ways that do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitPage:
    frame: Frame
    sentence: str


TONES = {
    Outcome.AUTHENTIC: Tone.CALM,
    Outcome.AUTHENTIC_TEST: Tone.WATCH,
    Outcome.NOT_SEALED: Tone.WATCH,
    Outcome.ENCRYPTED: Tone.WATCH,
    Outcome.NOT_A_PDF: Tone.WATCH,
    Outcome.TRUNCATED: Tone.WATCH,
    Outcome.TOO_LARGE: Tone.WATCH,
    Outcome.NOT_A_CODE: Tone.WATCH,
    Outcome.NOT_A_REFERENCE: Tone.WATCH,
    Outcome.KNOWN_REFERENCE: Tone.NEUTRAL,
}
"""The others are urgent: do not accept this paper."""
TONES_OF_STATUS = {
    PaperStatus.VALID: Tone.CALM,
    PaperStatus.UNKNOWN: Tone.WATCH,
    PaperStatus.EXPIRED: Tone.WATCH,
    PaperStatus.REPLACED: Tone.WATCH,
    PaperStatus.WITHDRAWN: Tone.URGENT,
}
MARKS = {Tone.CALM: "✓", Tone.WATCH: "!", Tone.URGENT: "✕", Tone.NEUTRAL: "?"}


def verification_page(frame: Frame, problem: Problem | None = None) -> VerificationPage:
    def of(field: str) -> str:
        return typeset(problem.sentence) if problem is not None and problem.field == field else ""

    def typed(field: str) -> str:
        return problem.typed[:LONGEST_ECHO] if problem is not None and problem.field == field else ""

    return VerificationPage(
        frame=frame,
        file_problem=of(FILE),
        code_problem=of(CODE),
        reference_problem=of(REFERENCE),
        typed_code=typed(CODE),
        typed_reference=typed(REFERENCE),
    )


def answer_page(frame: Frame, verdict: Verdict) -> AnswerPage:
    tone = tone_of(verdict)
    return AnswerPage(
        frame=frame,
        tone=tone,
        mark=MARKS[tone],
        word=verdict.word,
        sentence=verdict.sentence,
        what_to_do=verdict.what_to_do,
        standing=standing(verdict),
        facts=facts(verdict),
        remarks=verdict.remarks,
        tells_of_points=verdict.paper is not None and verdict.paper.holds_points,
        is_proof=verdict.means is not Means.REFERENCE,
    )


def tone_of(verdict: Verdict) -> Tone:
    """An authentic paper that is no longer current is not said in the colour of « go on »."""
    if verdict.outcome in {Outcome.AUTHENTIC, Outcome.KNOWN_REFERENCE} and verdict.status is not None:
        worst = TONES_OF_STATUS[verdict.status]
        return TONES[verdict.outcome] if worst is Tone.CALM else worst
    return TONES.get(verdict.outcome, Tone.URGENT)


def standing(verdict: Verdict) -> Standing | None:
    if verdict.status is None or verdict.status_sentence is None:
        return None
    return Standing(tone=TONES_OF_STATUS[verdict.status], sentence=verdict.status_sentence)


def facts(verdict: Verdict) -> tuple[Fact, ...]:
    if verdict.paper is None:
        return ()
    pairs = (*of_paper(verdict.paper), *of_seal(verdict))
    return tuple(Fact(name=name, value=typeset(value)) for name, value in pairs if value)


def of_paper(paper: CheckedPaper) -> tuple[tuple[str, str], ...]:
    return (
        ("Document", paper.kind),
        ("Initiales", paper.initials or ""),
        ("Permis", paper.rights or ""),
        ("Catégories", ", ".join(paper.categories)),
        ("Établi le", day_in_words(paper.issued_on) if paper.issued_on else ""),
        ("Valable jusqu’au", day_in_words(paper.expires_on) if paper.expires_on else ""),
        ("Référence", paper.reference or ""),
    )


def of_seal(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    stamped = f"{moment_in_words(verdict.timestamped_at)}, par un tiers" if verdict.timestamped_at is not None else ""
    return (
        ("Scellé le", moment_in_words(verdict.sealed_at) if verdict.sealed_at is not None else ""),
        ("Horodaté le", stamped),
    )

"""The doubtful links that wait, and one of them: the identity and the records side by side, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import agreed, counted, moment
from mespoints.identity.matching.decision import Doubt
from mespoints.identity.matching.reasons import Field, Why
from mespoints.identity.reviews import WaitingReview
from mespoints.register.identities import Candidate, PivotIdentity

DOUBTS = {
    Doubt.TWO_DIFFERENCES: "Plusieurs champs compatibles sans être égaux",
    Doubt.USAGE_NAME_ONLY: "Seul un nom d’usage s’accorde",
    Doubt.SEVERAL: "Plusieurs dossiers possibles",
    Doubt.TOO_MANY: "Trop de dossiers possibles",
    Doubt.DECEASED: "Titulaire décédé selon le registre",
    Doubt.DISPUTED: "Dossier en litige",
    Doubt.ALREADY_LINKED: "Dossier déjà rattaché à un autre identifiant",
}
FIELDS = {
    Field.BIRTH_NAME: "Nom de naissance",
    Field.GIVEN_NAMES: "Prénoms",
    Field.SEX: "Sexe",
    Field.BIRTH_DATE: "Date de naissance",
    Field.BIRTH_COMMUNE: "Commune",
    Field.BIRTH_COUNTRY: "Pays",
    Field.USAGE_NAME: "Nom d’usage",
}
AGREEMENTS = {Why.EQUAL: "égal", Why.NOT_COMPARED: "non comparé"}
DIFFERENCES = {
    Why.APOSTROPHE: "apostrophe",
    Why.PARTICLE: "particule",
    Why.FIRST_NAMES_ONLY: "premiers prénoms seuls",
    Why.SPLIT_OTHERWISE: "prénoms coupés autrement",
    Why.USAGE_NAME: "par un nom d’usage seulement",
    Why.UNSPECIFIED: "sexe non précisé",
    Why.DAY_UNKNOWN: "jour inconnu",
    Why.MONTH_UNKNOWN: "mois inconnu",
    Why.COMMUNE_UNKNOWN: "commune inconnue",
    Why.COMMUNE_HISTORY: "code de commune changé",
    Why.CORSICA: "Corse avant 1976",
    Why.ARRONDISSEMENT: "ville et arrondissement",
    Why.OVERSEAS: "outre-mer, code changé",
    Why.FORMER_TERRITORY: "ancien territoire",
    Why.FORMER_STATE: "État d’alors ou d’aujourd’hui",
    Why.DIFFERENT: "différent",
}
SHORTEST_REASON = 10
"""Letters: « ok » explains nothing to the one who reads it in a year."""
LONGEST_REASON = 500


class Said(StrEnum):
    """After a decision."""

    LINKED = "Décision gardée. Rien n’est encore rattaché : la prochaine connexion de la personne ouvrira ce dossier."
    REFUSED = "Refus gardé. La personne le saura à sa prochaine connexion."
    DISPUTED = "Dossier en litige : plus personne ne peut s’y rattacher."
    SETTLED = "Litige clos : le dossier peut de nouveau être rattaché."


class DecisionFault(StrEnum):
    """Why nothing was decided."""

    NO_REASON = "Le motif manque ou tient en moins de dix lettres. Écrivez ce que vous avez vu, pour qui le relira."
    NOT_A_CANDIDATE = "Ce dossier n’est pas de ceux qui ont été comparés. Choisissez-en un de la page."
    BLOCKED = "Ce dossier ne peut pas être rattaché : le registre le dit clos, ou il est en litige."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    number: int
    since: str
    doubt: str
    records: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingPage:
    frame: Frame
    note: str
    waiting: str
    reviews: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    label: str
    vouched: str
    registered: str
    agreement: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCard:
    holder_id: int
    file_number: str
    lines: tuple[FieldLine, ...]
    is_deceased: bool
    is_disputed: bool
    can_be_linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    frame: Frame
    number: int
    doubt: str
    since: str
    rules: str
    has_words: bool
    records: tuple[RecordCard, ...]
    fault: str | None
    reason: str
    """What was written and did not do, given back."""


def linking_page(frame: Frame, reviews: Sequence[WaitingReview], *, at_most: int, note: str) -> LinkingPage:
    """``reviews`` may hold one more than ``at_most``, which tells that there are others."""
    shown = reviews[:at_most]
    more = "Les plus anciennes d’abord ; d’autres attendent." if len(reviews) > at_most else "Les plus anciennes d’abord."
    return LinkingPage(
        frame=frame,
        note=note,
        waiting=f"{counted(len(shown), 'demande')} {agreed(len(shown), 'attend', 'attendent')}. {more}",
        reviews=tuple(
            ReviewLine(
                number=review.number,
                since=moment(review.opened_at),
                doubt=DOUBTS[review.doubt],
                records=counted(len(review.codes), "dossier"),
            )
            for review in shown
        ),
    )


def review_page(
    frame: Frame,
    review: WaitingReview,
    records: Sequence[Candidate],
    *,
    disputed: frozenset[int],
    fault: DecisionFault | None,
    reason: str,
) -> ReviewPage:
    return ReviewPage(
        frame=frame,
        number=review.number,
        doubt=DOUBTS[review.doubt],
        since=moment(review.opened_at),
        rules=review.rules,
        has_words=review.pivot is not None,
        records=tuple(
            record_card(review.pivot, record, review.codes, is_disputed=record.holder_id in disputed) for record in records
        ),
        fault=fault.value if fault else None,
        reason=reason,
    )


def record_card(
    pivot: PivotIdentity | None, record: Candidate, codes: Mapping[int, Sequence[str]], *, is_disputed: bool
) -> RecordCard:
    found = dict(code.split(":") for code in codes.get(record.holder_id, ()))
    return RecordCard(
        holder_id=record.holder_id,
        file_number=record.file_number,
        lines=tuple(field_line(field, pivot, record, found.get(field)) for field in Field),
        is_deceased=record.is_deceased,
        is_disputed=is_disputed,
        can_be_linked=can_be_linked(record, is_disputed=is_disputed) and pivot is not None,
    )


def can_be_linked(record: Candidate, *, is_disputed: bool) -> bool:
    return not (record.is_deceased or is_disputed)


def field_line(field: Field, pivot: PivotIdentity | None, record: Candidate, code: str | None) -> FieldLine:
    why = Why(code) if code else Why.NOT_COMPARED
    return FieldLine(
        label=FIELDS[field],
        vouched=written(pivot, field) if pivot else "effacé",
        registered=written(record, field),
        agreement=AGREEMENTS.get(why) or DIFFERENCES[why],
        agrees=why in AGREEMENTS,
    )


def written(person: PivotIdentity | Candidate, field: Field) -> str:
    value = getattr(person, field.value)
    return ", ".join(value) if isinstance(value, tuple) else value or "–"

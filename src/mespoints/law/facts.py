"""The legal facts: a closed union of frozen types, and nothing else may reach the law.

Every day is a civil day of the French calendar. ``recorded_on`` is the day on which the file learned the fact; ``None`` means
"on its own day" (for an offence, the day it was established, or committed while it is not).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OffenceClass(StrEnum):
    """Classe de contravention, or délit (D)."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    D = "D"

    @property
    def is_serious(self) -> bool:
        """Délit or contravention of class 4 or 5: the restoration takes three years (L223-6 al. 2)."""
        return self in SERIOUS_CLASSES

    @property
    def returns_after_ten_years(self) -> bool:
        """Contraventions of the first four classes only (L223-6 al. 5)."""
        return self in TEN_YEAR_CLASSES


SERIOUS_CLASSES = frozenset({OffenceClass.C4, OffenceClass.C5, OffenceClass.D})
TEN_YEAR_CLASSES = frozenset({OffenceClass.C1, OffenceClass.C2, OffenceClass.C3, OffenceClass.C4})


class EstablishedBy(StrEnum):
    """The four ways in which the reality of an offence is established (L223-1 al. 4)."""

    FINE_PAID = "fine_paid"
    INCREASED_FINE = "increased_fine"
    PENAL_COMPOSITION = "penal_composition"
    FINAL_CONVICTION = "final_conviction"


class ProbationPath(StrEnum):
    """How the licence was learned: it decides the length of the probation (R223-1)."""

    NONE = "none"
    STANDARD = "standard"
    AAC = "aac"
    """Apprentissage anticipé de la conduite (accompanied driving)."""


class CourseKind(StrEnum):
    VOLUNTARY = "voluntary"
    MANDATORY = "mandatory"
    """Taken on a 48N letter; it credits points too (R223-8 II)."""
    IMPOSED = "imposed"
    """By a prosecutor or a judge: credits nothing (R223-8 II)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceObtained:
    """Obtention du permis, the first or a new one."""

    fact_id: str
    on: date
    path: ProbationPath
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLicenceTraining:
    """Formation complémentaire, done on that day (R223-4-1)."""

    fact_id: str
    on: date
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """Infraction: committed one day, established the same day or later, or not yet (``established_on`` None).

    ``points`` is the figure of the scale in force on the day of commission, before the cap of simultaneous offences.
    """

    fact_id: str
    committed_on: date
    established_on: date | None
    established_by: EstablishedBy | None
    offence_class: OffenceClass
    points: int
    offence_code: str | None = None
    """Row of the offence catalogue."""
    label: str | None = None
    simultaneous_with: str | None = None
    """``fact_id`` of another offence of the same instant and place (infractions simultanées)."""
    vehicle_needs_licence: bool = True
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Stage de sensibilisation, dated by its last day."""

    fact_id: str
    on: date
    kind: CourseKind = CourseKind.VOLUNTARY
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatoryCourseNotified:
    """Receipt of a 48N letter about the offence ``target``."""

    fact_id: str
    on: date
    target: str
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Suspension of the right to drive, from ``on`` to ``until`` included: no effect on points."""

    fact_id: str
    on: date
    until: date
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidationNotified:
    """Receipt of a 48SI letter."""

    fact_id: str
    on: date
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceSurrendered:
    """Restitution du titre."""

    fact_id: str
    on: date
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudicialAnnulment:
    """Annulation judiciaire."""

    fact_id: str
    on: date
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCancelled:
    """The withdrawal for the offence ``target`` is deemed never to have existed."""

    fact_id: str
    on: date
    target: str
    recorded_on: date | None = None


FACT_TYPES = {
    "licence_obtained": LicenceObtained,
    "post_licence_training": PostLicenceTraining,
    "offence": Offence,
    "course": Course,
    "mandatory_course_notified": MandatoryCourseNotified,
    "suspension": Suspension,
    "invalidation_notified": InvalidationNotified,
    "licence_surrendered": LicenceSurrendered,
    "judicial_annulment": JudicialAnnulment,
    "decision_cancelled": DecisionCancelled,
}

Fact = (
    LicenceObtained
    | PostLicenceTraining
    | Offence
    | Course
    | MandatoryCourseNotified
    | Suspension
    | InvalidationNotified
    | LicenceSurrendered
    | JudicialAnnulment
    | DecisionCancelled
)


def known_on(fact: Fact) -> date:
    """The day from which the file knew the fact, whole."""
    if fact.recorded_on is not None:
        return fact.recorded_on
    if isinstance(fact, Offence):
        return fact.established_on or fact.committed_on
    return fact.on

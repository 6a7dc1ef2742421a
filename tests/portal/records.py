"""Hand-built records of invented people, one for each situation a page must tell."""

from datetime import UTC, date, datetime, timedelta

from mespoints.law.facts import (
    EstablishedBy,
    Fact,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    LicenceSurrendered,
    MandatoryCourseNotified,
    Offence,
    OffenceClass,
    ProbationPath,
)
from mespoints.law.record import Record
from mespoints.register.consultation import HolderIdentity, HolderRecord

TODAY = date(2026, 11, 23)
DATA_AS_OF = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

HOLDER = HolderIdentity(
    holder_id=1,
    file_number="150399200011",
    birth_name="Delaunay",
    usage_name=None,
    given_names=("Claire", "Rose"),
    sex="F",
    birth_year=1985,
    birth_month=3,
    birth_day=3,
    birth_commune=None,
    birth_country="99350",
)


def consulted(*facts: Fact) -> HolderRecord:
    return HolderRecord(holder=HOLDER, licences=(), record=Record.of(facts), known_at=1, data_as_of=DATA_AS_OF)


def licence(on: str = "2001-05-04", path: ProbationPath = ProbationPath.NONE) -> LicenceObtained:
    return LicenceObtained(fact_id="licence", on=date.fromisoformat(on), path=path)


def offence(
    fact_id: str,
    committed_on: str,
    established_on: str | None,
    points: int,
    label: str = "Feu rouge non respecté",
    offence_class: OffenceClass = OffenceClass.C4,
) -> Offence:
    return Offence(
        fact_id=fact_id,
        committed_on=date.fromisoformat(committed_on),
        established_on=date.fromisoformat(established_on) if established_on else None,
        established_by=EstablishedBy.FINE_PAID if established_on else None,
        offence_class=offence_class,
        points=points,
        label=label,
    )


TWELVE_LOST = (
    licence(),
    offence("alcohol", "2025-07-02", "2025-09-09", 6, "Alcool au volant"),
    offence("speed", "2026-02-20", "2026-10-03", 6, "Excès de vitesse de 50 km/h ou plus", OffenceClass.D),
)
INVALIDATED = (*TWELVE_LOST, InvalidationNotified(fact_id="48SI", on=date(2026, 11, 3)))
IN_PROBATION = licence("2025-03-03", ProbationPath.STANDARD)
CALM = (
    licence("2009-05-04"),
    offence("distance", "2025-07-02", "2025-09-09", 3, "Distance de sécurité non respectée"),
    offence("little", "2026-08-20", "2026-09-03", 1, "Excès de vitesse de moins de 20 km/h"),
)

RECORDS: dict[str, HolderRecord] = {
    "whole": consulted(licence()),
    "calm": consulted(*CALM),
    "red": consulted(
        licence(),
        offence("light", "2025-07-02", "2025-09-09", 4),
        offence("phone", "2026-02-20", "2026-04-03", 3, "Usage d'un téléphone tenu en main"),
        offence("pending", "2026-10-20", None, 3, "Circulation en sens interdit"),
    ),
    "last points": consulted(
        licence(),
        offence("alcohol", "2025-07-02", "2025-09-09", 6, "Alcool au volant"),
        offence("light", "2026-02-20", "2026-04-03", 4),
    ),
    "zero": consulted(*TWELVE_LOST),
    "invalidated": consulted(*INVALIDATED),
    "surrendered": consulted(*INVALIDATED, LicenceSurrendered(fact_id="card", on=date(2026, 11, 10))),
    "annulled": consulted(licence(), JudicialAnnulment(fact_id="court", on=date(2026, 6, 1))),
    "probation": consulted(IN_PROBATION),
    "duty": consulted(
        IN_PROBATION,
        offence("phone", "2026-05-12", "2026-07-01", 3, "Usage d'un téléphone tenu en main"),
        MandatoryCourseNotified(fact_id="48N", on=date(2026, 9, 1), target="phone"),
    ),
    "undone": consulted(
        licence(),
        offence("little", "2026-01-05", "2026-02-01", 1, "Excès de vitesse de moins de 20 km/h"),
        offence("distance", "2026-05-30", "2026-09-15", 3, "Distance de sécurité non respectée"),
    ),
    "learner": consulted(),
}


def three_hundred_movements() -> HolderRecord:
    """A point lost every eight weeks for twenty-seven years, and given back ten years later."""
    first = date(1999, 1, 4)
    days = [(first + timedelta(days=56 * rank)).isoformat() for rank in range(180)]
    losses = [
        offence(f"{rank:03}", day, day, 1, "Excès de vitesse de moins de 20 km/h", OffenceClass.C3)
        for rank, day in enumerate(days)
    ]
    return consulted(licence("1998-05-04"), *losses)

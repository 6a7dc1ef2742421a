"""The statement that is measured: thirty movements of an invented driver, worked out by the law from his facts."""

from datetime import UTC, date, datetime, time, timedelta

from mespoints.documents.content import FullStatement
from mespoints.documents.statements import full_statement
from mespoints.law.calendar import add_months
from mespoints.law.facts import Course, EstablishedBy, Fact, LicenceObtained, Offence, OffenceClass, ProbationPath
from mespoints.law.record import Record
from mespoints.register.consultation import HolderIdentity, HolderRecord, LicenceTitle

OBTAINED = date(2006, 11, 3)
TODAY = date(2026, 11, 23)
ISSUED_AT = datetime.combine(TODAY, time(9, 30), UTC)
MOVEMENTS = 30
OFFENCES = (
    (1, OffenceClass.C4, "Excès de vitesse de moins de 20 km/h hors agglomération"),
    (3, OffenceClass.C4, "Usage d’un téléphone tenu en main"),
    (1, OffenceClass.C4, "Chevauchement d’une ligne continue"),
    (2, OffenceClass.C4, "Excès de vitesse d’au moins 20 km/h et de moins de 30 km/h"),
)
"""Points, class and words, taken in turn."""


def holder_record(offences: int = 15) -> HolderRecord:
    identity = HolderIdentity(
        holder_id=1,
        file_number="150399200011",
        birth_name="LONGUEHISTOIRE",
        usage_name=None,
        given_names=("Armand", "Paul", "Émile"),
        sex="M",
        birth_year=1968,
        birth_month=5,
        birth_day=24,
        birth_commune="75113",
        birth_country="99100",
    )
    title = LicenceTitle(title_number="15AA00011", categories=("A1", "B", "BE"), obtained_on=OBTAINED)
    return HolderRecord(
        holder=identity,
        licences=(title,),
        record=Record.of(facts(offences)),
        known_at=1234,
        data_as_of=ISSUED_AT - timedelta(hours=10),
    )


def facts(offences: int) -> tuple[Fact, ...]:
    licence = LicenceObtained(fact_id="licence", on=OBTAINED, path=ProbationPath.NONE)
    found: list[Fact] = [licence]
    for rank in range(offences):
        committed = add_months(OBTAINED, 12 + 16 * rank)
        points, offence_class, label = OFFENCES[rank % len(OFFENCES)]
        found.append(
            Offence(
                fact_id=f"offence-{rank}",
                committed_on=committed,
                established_on=committed + timedelta(days=40),
                established_by=EstablishedBy.FINE_PAID,
                offence_class=offence_class,
                points=points,
                label=label,
            )
        )
        if points > 1:
            found.append(Course(fact_id=f"course-{rank}", on=add_months(committed, 5)))
    return tuple(found)


def statement() -> FullStatement:
    stated = full_statement(holder_record(), TODAY, ISSUED_AT)
    assert len(stated.movements) == MOVEMENTS, len(stated.movements)
    return stated

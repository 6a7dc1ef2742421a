"""The named cases once more, with their records really in the register: the search must be as wide as the rules."""

from typing import Any

import pytest

from mespoints.identity.disputes import open_dispute
from mespoints.identity.judgement import judge
from mespoints.register.arrivals import LicenceStateArrival
from mespoints.register.licence_state import LicenceState
from mespoints.register.models import Holder
from tests.identity.matching.case_files import Case, cases
from tests.identity.test_link import NOW, sure
from tests.register.entering import DATA_DAY, enter, holder

pytestmark = pytest.mark.django_db


def arrivals(case: Case) -> list[Any]:
    found: list[Any] = []
    for record in case.records:
        year, month, day = (int(part) for part in record.birth_date.split("-"))
        found.append(
            holder(
                line=len(found) + 1,
                file_number=record.file_number,
                birth_name=record.birth_name,
                usage_name=record.usage_name,
                given_names=record.given_names,
                sex=record.sex,
                birth_year=year,
                birth_month=month or None,
                birth_day=day or None,
                birth_commune=record.birth_commune,
                birth_country=record.birth_country,
            )
        )
        if record.is_deceased:
            state = LicenceState.DECEASED
            found.append(LicenceStateArrival(line=len(found) + 1, file_number=record.file_number, state=state, since=DATA_DAY))
    return found


@pytest.mark.parametrize("case", [case for case in cases() if not case.too_many], ids=lambda case: case.name)
def test_the_register_finds_what_the_rules_would_accept(case: Case) -> None:
    enter(1, arrivals(case) or [holder(birth_name="Personne")])
    holder_ids = dict(Holder.objects.values_list("file_number", "pk"))
    for record in case.records:
        if record.holder_id in case.disputed:
            open_dispute(holder_ids[record.file_number], reason="deux personnes", now=NOW)
    decided = judge(sure(pivot=case.pivot)).decision
    assert (decided.verdict, decided.doubt) == (case.verdict, case.doubt)

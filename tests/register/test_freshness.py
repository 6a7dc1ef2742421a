from datetime import timedelta
from pathlib import Path

import pytest

from mespoints.register.freshness import data_as_of, end_of_day, fresh_until
from tests.feed.samples import DATA_DAY, NOW, enter, holder


@pytest.mark.django_db
def test_the_register_is_as_fresh_as_its_last_file(tmp_path: Path) -> None:
    assert data_as_of() is None
    enter(tmp_path, [holder()])
    assert data_as_of() == end_of_day(DATA_DAY)
    enter(tmp_path, [], sequence=2, data_day=DATA_DAY + timedelta(days=1), now=NOW + timedelta(days=1))
    assert data_as_of() == end_of_day(DATA_DAY + timedelta(days=1))


def test_a_file_that_comes_before_its_day_is_over_describes_no_later_moment() -> None:
    assert fresh_until(NOW.date(), NOW) == NOW

from datetime import timedelta
from pathlib import Path

import pytest

from mespoints.register.freshness import data_as_of, end_of_day
from tests.feed.samples import DATA_DAY, enter, holder


@pytest.mark.django_db
def test_the_register_is_as_fresh_as_its_last_file(tmp_path: Path) -> None:
    assert data_as_of() is None
    enter(tmp_path, [holder()])
    assert data_as_of() == end_of_day(DATA_DAY)
    enter(tmp_path, [], sequence=2, data_day=DATA_DAY + timedelta(days=1))
    assert data_as_of() == end_of_day(DATA_DAY + timedelta(days=1))

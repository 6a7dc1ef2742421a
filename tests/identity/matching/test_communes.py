"""The table of communes: what the shipped one says, and what the script makes of a package."""

from typing import Any

import pytest

from mespoints.identity.matching.communes import TABLE, commune_history, parse
from scripts.communes import table

PACKAGE: list[dict[str, Any]] = [
    {"code": "99001", "type": "commune-actuelle", "anciensCodes": ["99002"]},
    {"code": "99003", "type": "commune-deleguee", "chefLieu": "99001"},
    {"code": "99001", "type": "commune-deleguee", "chefLieu": "99001"},
    {"code": "99004", "type": "commune-associee", "chefLieu": "99005"},
    {"code": "99101", "type": "arrondissement-municipal", "commune": "99100"},
    {"code": "99006", "type": "commune-actuelle"},
]


def test_the_script_keeps_what_a_code_became_and_nothing_else() -> None:
    history = parse(table(PACKAGE, "1.2.3"))
    assert history.became == {"99002": "99001", "99003": "99001", "99004": "99005"}
    assert history.city_of == {"99101": "99100"}
    assert history.version == "cog-1.2.3"


def test_the_shipped_table_names_its_source_and_is_read_whole() -> None:
    text, history = TABLE.read_text(encoding="utf-8"), commune_history()
    assert all(word in text for word in ("# source:", "# version:", "# licence:"))
    assert len(history.became) > 4000
    assert len(history.city_of) == 45
    assert len(text) < 64 * 1024
    # The year of this table is that of the tests: a new edition is looked at before it is taken.
    assert history.became["75002"] == "92002"
    assert not set(history.became) & set(history.became.values())


@pytest.mark.parametrize("text", ["", "# version: x\n", "# version: x\n01001: 01002\n", "01001: 01002\n13055/ 13201\n"])
def test_a_table_without_version_or_codes_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="make communes"):
        parse(text)

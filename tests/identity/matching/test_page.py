"""docs/linking.md says what the code decides."""

from mespoints.identity.matching.reasons import Why
from scripts.link_page import PAGE, WORDS, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make link-page"


def test_every_code_has_its_words() -> None:
    assert set(WORDS) == set(Why)

"""How many pages a paper will take, before it is set in type: its visible code and its foot say so.

A wrong answer costs a second setting, nothing else: pages are counted once they are there.
"""

from math import ceil, floor
from typing import assert_never

from mespoints.documents.content import Content, EntitlementAttestation, FullStatement, PeriodStatement

FIRST_PAGE = 17
NEXT_PAGES = 29
"""Movements of two lines: what a page holds of them."""
TABLE = 2
LIST = 1.5
"""What a heading takes, in movements; that of a table has its own header below."""
LINE = 0.5
NOTICE = 1
"""Or a sentence above a table."""


def expected_pages(content: Content) -> int:
    """Right but for a movement or two near the foot of a page, or labels of more than one line."""
    match content:
        case FullStatement():
            listed = len(content.revocations)
            rows = len(content.movements) + len(content.closings) + NOTICE * len(content.obligations)
            rows += TABLE + len(content.forecast) if content.forecast else 0
            return _pages(rows + (LIST + LINE * listed if listed else 0))
        case PeriodStatement():
            return _pages(2 * NOTICE + len(content.movements) + len(content.closings))
        case EntitlementAttestation():
            return 1
        case _:
            assert_never(content)


def _pages(rows: float) -> int:
    return 1 + max(0, ceil((floor(rows) - FIRST_PAGE) / NEXT_PAGES))

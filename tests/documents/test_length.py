"""The number of pages said before the paper is set, beside the number it takes; and the paper that takes more than was said."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from mespoints.documents.content import Content, FullStatement
from mespoints.documents.issuance import Workshop, set_in_type
from mespoints.documents.layout.length import expected_pages
from tests.documents.statements import REFERENCE, attestation, period, statement
from tests.documents.test_paper import text_of


def long_winded() -> FullStatement:
    content = statement()
    return replace(content, movements=tuple(replace(each, label=f"{each.label} " * 4) for each in content.movements))


def pages_of(content: Content, workshop: Workshop) -> int:
    with pikepdf.open(BytesIO(set_in_type(content, REFERENCE, workshop))) as opened:
        return len(opened.pages)


@pytest.mark.parametrize(
    "content",
    [
        *[statement(count) for count in (1, 12, 13, 30, 41, 42, 300)],
        *[statement(count, forecast=(), revocations=()) for count in (17, 18)],
        *[period(count) for count in (1, 15, 16, 44, 45)],
        attestation(),
    ],
    ids=lambda content: f"{content.format} {len(getattr(content, 'movements', ()))}",
)
def test_papers_as_they_usually_are_take_the_pages_expected(content: Content, workshop: Workshop) -> None:
    assert expected_pages(content) == pages_of(content, workshop)


def test_a_paper_longer_than_expected_numbers_the_pages_it_has(workshop: Workshop) -> None:
    content = long_winded()
    assert expected_pages(content) == 1
    first, second, _ = text_of(set_in_type(content, REFERENCE, workshop)).split("\f")
    assert (first.split()[-1], second.split()[-1]) == ("1/2", "2/2")

"""Several people at the same moment, each on a connection of his own: what is counted once is counted once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from mespoints.documents.models import IssuedDocument, Share, State, StatusList
from mespoints.documents.share import Answer, open_share, share, typed_code
from mespoints.register.models import Holder
from tests.documents.issuing import issued
from tests.documents.statements import attestation
from tests.documents.test_share import NOW, WISH
from tests.register.entering import enter, holder, licence, read

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4
T = TypeVar("T")


def together(act: Callable[[int], T]) -> list[T]:
    ready = Barrier(AT_ONCE)

    def one(number: int) -> T:
        try:
            ready.wait(10)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_a_share_that_opens_once_opens_once() -> None:
    enter(1, [holder(), licence()])
    code = typed_code(share(read(), 7, replace(WISH, views=1), NOW))
    assert code is not None
    answers = together(lambda number: open_share(code, "Lefèvre", f"198.51.{number}.1", NOW))
    assert sum(isinstance(answer, Answer) for answer in answers) == 1
    assert Share.objects.get().views_used == 1


def test_papers_asked_for_at_once_see_each_other() -> None:
    """The first list is opened once, places differ, and of papers that contradict each other one alone stays current."""
    enter(1, [holder(), licence()])
    holder_id = Holder.objects.get().pk
    categories = attestation().categories
    together(lambda number: issued(attestation(categories=categories[:number]), holder_id))
    assert StatusList.objects.get().given == AT_ONCE
    assert len(set(IssuedDocument.objects.values_list("status_index", flat=True))) == AT_ONCE
    assert IssuedDocument.objects.filter(state=State.CURRENT).count() == 1

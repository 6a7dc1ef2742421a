"""Who is at the desk in these tests.

What needs Django is imported inside: pytest reads this file before the settings are in place when it is given this folder alone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from mespoints.identity.roles import Role

AtDesk = Callable[..., Client]


@pytest.fixture
def at_desk(db: None) -> AtDesk:
    """A browser signed in under those roles; each call is another person."""
    from tests.desk.signed_in import signed_in

    people = iter(range(100))

    def browser(*roles: "Role") -> Client:
        return signed_in(f"p{next(people)}", roles)

    return browser


@pytest.fixture
def client(at_desk: AtDesk) -> Client:
    """An operator's, unless a test says otherwise."""
    from mespoints.identity.roles import Role

    return at_desk(Role.OPERATOR)


@pytest.fixture
def stranger() -> Client:
    return Client()

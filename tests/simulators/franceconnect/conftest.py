"""A provider on a loopback port, with a clock that the test moves."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from simulators.franceconnect.authorize import FRANCECONNECT
from simulators.oidc.server import Running, running
from tests.simulators.browser import CLIENT, PEOPLE, Browser


@dataclass
class MovableClock:
    shift: float = 0

    def __call__(self) -> float:
        return time.time() + self.shift


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def provider(clock: MovableClock) -> Iterator[Running]:
    with running(PEOPLE, dialect=FRANCECONNECT, client=CLIENT, clock=clock) as running_provider:
        yield running_provider


@pytest.fixture
def browser() -> Iterator[Browser]:
    with Browser() as opened:
        yield opened

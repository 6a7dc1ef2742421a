"""What the tests of sign-in share.

The journey is imported inside: pytest reads this file before the settings are in place when it is given this folder alone.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulators.browser import Browser

if TYPE_CHECKING:
    from mespoints.identity.oidc.encryption_keys import EncryptionKeys
    from mespoints.register.models import Holder
    from tests.identity.journey import Stage, Visitor


@pytest.fixture
def stage(settings: Any) -> "Iterator[Stage]":
    from tests.identity.journey import staged

    with staged(settings) as set_stage:
        yield set_stage


@pytest.fixture
def plus_keys(tmp_path: Path) -> "EncryptionKeys":
    from tests.encryption_keys import written

    return written(tmp_path)


@pytest.fixture
def plus(settings: Any, plus_keys: "EncryptionKeys") -> "Iterator[Stage]":
    from tests.identity.journey import staged_plus

    with staged_plus(settings, plus_keys) as set_stage:
        yield set_stage


@pytest.fixture
def new_visitor() -> "Iterator[Callable[[], Visitor]]":
    from tests.identity.journey import Visitor

    with ExitStack() as open_browsers:
        yield lambda: Visitor(open_browsers.enter_context(Browser()))


@pytest.fixture
def visitor(new_visitor: "Callable[[], Visitor]") -> "Visitor":
    return new_visitor()


@pytest.fixture
def calm(db: None) -> "Holder":
    from tests.identity.journey import BY_KEY, hold

    return hold(BY_KEY["calm"], "150399200911")

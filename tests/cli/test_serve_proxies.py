"""What is said at the start of a service that may not see where its visits come from."""

from types import SimpleNamespace
from typing import Any

import pytest

from mespoints.cli.serve import proxy_notice


def served(*, is_https: bool, trusted_proxies: int) -> Any:
    return SimpleNamespace(is_https=is_https, trusted_proxies=trusted_proxies)


def test_https_that_nobody_declared_to_receive_is_said() -> None:
    notice = proxy_notice(served(is_https=True, trusted_proxies=0))
    assert notice is not None
    assert "sans mandataire déclaré, toutes les visites paraîtront venir d’une seule adresse" in notice


@pytest.mark.parametrize("environment", [served(is_https=True, trusted_proxies=1), served(is_https=False, trusted_proxies=0)])
def test_nothing_is_said_otherwise(environment: Any) -> None:
    assert proxy_notice(environment) is None

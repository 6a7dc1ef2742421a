"""The tree of failures says everything, everywhere, once."""

import logging
import re

import pytest

from mespoints.identity import number_failures  # noqa: F401 – a branch of the tree
from mespoints.identity.failures import SignInFailure, leaves

EVERY = leaves()


@pytest.mark.parametrize("leaf", EVERY, ids=lambda leaf: leaf.__name__)
def test_every_failure_states_its_four_things(leaf: type[SignInFailure]) -> None:
    assert re.fullmatch(r"(FC|LN)(-[A-Z]+)+", leaf.code)
    assert leaf.sentence.endswith(".")
    assert leaf.next_step.endswith(".")
    assert leaf.level in {logging.INFO, logging.WARNING, logging.ERROR}
    assert 400 <= leaf.status < 600
    assert str(leaf()) == leaf.code


def test_codes_are_never_shared() -> None:
    codes = [leaf.code for leaf in EVERY]
    assert len(codes) == len(set(codes))
    assert len(codes) > 25


@pytest.mark.parametrize("leaf", EVERY, ids=lambda leaf: leaf.__name__)
def test_no_sentence_says_which_field_failed(leaf: type[SignInFailure]) -> None:
    if leaf.code in {"FC-RECORD-NOT-FOUND", "FC-SEVERAL-RECORDS"}:
        assert not re.search(r"naissance|prénom|commune|sexe|date", leaf.sentence + leaf.next_step)

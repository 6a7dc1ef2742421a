"""The tree of failures says everything, everywhere, once."""

import logging
import re

import pytest

from mespoints.identity.failures import AgentNeeded, IdentityFailure, SignInFailure, leaves

EVERY = leaves()


@pytest.mark.parametrize("leaf", EVERY, ids=lambda leaf: leaf.__name__)
def test_every_failure_states_its_four_things(leaf: type[SignInFailure]) -> None:
    assert re.fullmatch(r"FC(-[A-Z]+)+", leaf.code)
    assert leaf.sentence.endswith(".")
    assert leaf.next_step.endswith(".")
    assert leaf.level in {logging.INFO, logging.WARNING, logging.ERROR}
    assert 400 <= leaf.status < 600
    assert str(leaf()) == leaf.code


def test_codes_are_never_shared() -> None:
    codes = [leaf.code for leaf in EVERY]
    assert len(codes) == len(set(codes))
    assert len(codes) > 25


@pytest.mark.parametrize("leaf", leaves(IdentityFailure), ids=lambda leaf: leaf.__name__)
def test_no_sentence_says_which_field_failed(leaf: type[SignInFailure]) -> None:
    assert not re.search(r"naissance|prénom|commune|sexe|date|décéd|litige", leaf.sentence + leaf.next_step)


def test_an_agent_is_needed_in_the_same_words_whatever_the_reason() -> None:
    assert len({(leaf.sentence, leaf.next_step, leaf.status) for leaf in leaves(AgentNeeded)}) == 1

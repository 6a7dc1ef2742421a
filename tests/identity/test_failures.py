"""The tree of failures says everything, everywhere, once."""

import logging
import re

import pytest

from mespoints.identity.failures import EuropeanIdentity, IdentityFailure, SignInFailure, leaves
from mespoints.identity.linking_failures import AgentNeeded
from mespoints.identity.number_failures import NumberFailure
from mespoints.identity.words import Provider

EVERY = leaves()
BY_A_PROVIDER = [leaf for leaf in EVERY if not issubclass(leaf, NumberFailure)]
BEFORE_THE_IDENTITY = [leaf for leaf in EVERY if not issubclass(leaf, IdentityFailure)]


@pytest.mark.parametrize("leaf", EVERY, ids=lambda leaf: leaf.__name__)
def test_every_failure_states_its_four_things(leaf: type[SignInFailure]) -> None:
    assert re.fullmatch(r"[A-Z]+(-[A-Z]+)*", leaf.code)
    assert leaf.level in {logging.INFO, logging.WARNING, logging.ERROR}
    assert 400 <= leaf.status < 600
    assert str(leaf()) == leaf.code


@pytest.mark.parametrize("provider", set(Provider) - {Provider.LICENCE_NUMBER})
@pytest.mark.parametrize("leaf", BY_A_PROVIDER, ids=lambda leaf: leaf.__name__)
def test_every_failure_is_said_for_every_provider(leaf: type[SignInFailure], provider: Provider) -> None:
    said = leaf().said(provider)
    assert said.code == f"{provider.letters}-{leaf.code}"
    words = f"{said.sentence} {said.next_step}"
    assert said.sentence.endswith(".")
    assert said.next_step.endswith(".")
    assert not re.search(r"[{}]|  |\.\.", words)
    others = {other.label for other in Provider} - {provider.label}
    assert not any(re.search(rf"{re.escape(other)}(?!\+)", words) for other in others)


@pytest.mark.parametrize(
    "leaf", [leaf for leaf in BY_A_PROVIDER if not issubclass(leaf, IdentityFailure)], ids=lambda leaf: leaf.__name__
)
def test_an_agent_is_not_told_about_a_record_of_his(leaf: type[SignInFailure]) -> None:
    said = leaf.said(Provider.PROCONNECT)
    assert not re.search(r"dossier|solde|état civil|page d’aide", said.sentence + said.next_step)


@pytest.mark.parametrize("leaf", leaves(NumberFailure), ids=lambda leaf: leaf.__name__)
def test_the_failures_of_the_number_have_letters_of_their_own(leaf: type[SignInFailure]) -> None:
    said = leaf.said(Provider.LICENCE_NUMBER)
    assert said.code == f"LN-{leaf.code}"
    assert said.sentence.endswith(".")
    assert said.next_step.endswith(".")
    assert not re.search(r"[{}]|  |\.\.|FranceConnect", f"{said.sentence} {said.next_step}")


def test_codes_are_never_shared() -> None:
    codes = [leaf.code for leaf in EVERY]
    assert len(codes) == len(set(codes))
    assert len(codes) > 25


@pytest.mark.parametrize(
    "leaf", [leaf for leaf in leaves(IdentityFailure) if leaf is not EuropeanIdentity], ids=lambda leaf: leaf.__name__
)
def test_no_sentence_says_which_field_failed(leaf: type[SignInFailure]) -> None:
    assert not re.search(r"naissance|prénom|commune|sexe|date|décéd|litige", leaf.sentence + leaf.next_step)


def test_an_agent_is_needed_in_the_same_words_whatever_the_reason() -> None:
    assert len({(leaf.sentence, leaf.next_step, leaf.status) for leaf in leaves(AgentNeeded)}) == 1

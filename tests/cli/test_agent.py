"""``mespoints agent``, as the first two people of an installation type it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from mespoints.cli import agent
from mespoints.cli.agent import ROLES
from mespoints.identity.agents import invitations
from mespoints.identity.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)

CHECKOUT = Path(__file__).resolve().parents[2]
EMAIL = "nour.tisserand@prefecture.example"


def mespoints(*words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    url = connection.settings_dict
    variables = {
        "PYTHONPATH": str(CHECKOUT / "src"),
        "PATH": os.defpath,
        "DATABASE_URL": f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}",
        **{name: value for name, value in os.environ.items() if name.startswith("MESPOINTS_")},
    }
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", "agent", *words]
    return subprocess.run(command, env=variables, input=typed, capture_output=True, text=True, check=False)


@pytest.fixture
def number() -> int:
    done = mespoints("invite", "--role", "operator", "--by", "Anne Phare", typed=f"{EMAIL}\n")
    assert (done.returncode, done.stderr) == (0, "Adresse de la personne : ")
    return invitations()[0].number


def test_two_people_in_two_commands(number: int) -> None:
    refused = mespoints("approve", str(number), "--by", "anne  PHARE")
    assert refused.returncode == 1
    assert refused.stderr == "Vous avez lancé cette invitation : une autre personne doit l’approuver.\n"

    done = mespoints("approve", str(number), "--by", "Basile Gué")
    assert (done.returncode, done.stderr) == (0, "")
    told = mespoints("list").stdout
    for word in (
        f"{number}  {EMAIL}  exploitant  approuvée, pas encore utilisée",
        f"Anne Phare (ligne de commande, compte {agent.machine_account()}) a invité {EMAIL} : exploitant",
        f"Basile Gué (ligne de commande, compte {agent.machine_account()}) a approuvé",
    ):
        assert word in told

    assert mespoints("revoke", str(number), "--by", "Anne Phare").returncode == 0
    assert "retirée" in mespoints("list").stdout


def test_what_is_refused_is_one_sentence() -> None:
    assert "Personne n’est invité" in mespoints("list").stdout
    for words, said in (
        (("approve", "999", "--by", "Anne Phare"), "Aucune invitation ne porte ce numéro"),
        (("invite", "--role", "agent", "--email", "nour", "--by", "Anne Phare"), "Cette adresse ne se lit pas"),
        (("invite", "--role", "agent", "--email", EMAIL, "--by", " "), "Il faut le nom"),
    ):
        done = mespoints(*words)
        assert done.returncode == 1
        assert done.stderr.startswith(said)
        assert len(done.stderr.splitlines()) == 1


def test_the_roles_offered_are_those_that_exist() -> None:
    assert set(ROLES) == set(Role.values)

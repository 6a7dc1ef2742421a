"""Differences shown to the operator: where, how much, since when; whose, on one page that leaves a trace."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from mespoints.feed.reconciliation import differences, reconcile
from tests.desk.forms import read
from tests.feed.samples import DATA_DAY, NOW, Fields, enter, fact, holder, licence, offence

pytestmark = pytest.mark.django_db

LIST = "/exploitation/rapprochement/"
RECORD = [holder(), licence(obtained_on="2015-03-08"), offence()]


def stated(points: int, **changes: str) -> Fields:
    return fact("stated_balance", on=DATA_DAY.isoformat(), points=points) | changes


def traces() -> list[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select role, account_id, reason from access_log_accesstrace")
        return list(cursor.fetchall())


def test_a_difference_is_told_with_the_movements_that_explain_it_and_names_nobody(client: Client, tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(12), stated(9), stated(6, file_number="150399299999")])
    assert "Aucun solde annoncé" in read(client.get(LIST))
    reconcile(NOW)
    page = read(client.get(LIST))
    for word in (
        "3 soldes comparés : 1 égal au nôtre, 1 différent, 1 pour un dossier inconnu.",
        "Fichier n° 1",
        "12 points",
        "9 points",
        "jusqu’au 29 juillet 2025 compris (permis valide)",
        "L223-1",
        "−3",
        "14 juin 2025",
        "ne connaît pas ce dossier",
    ):
        assert word in page
    assert "150399" not in page
    assert traces() == []


def test_whose_it_is_is_said_on_its_page_and_traced(client: Client, tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(12)])
    reconcile(NOW)
    [(number, _)] = differences()
    page = read(client.get(f"{LIST}{number}/"))
    assert "150399 200011" in page
    assert traces() == [("agent", client.session["agent"]["account_id"], "solde différent de celui de la source")]


@pytest.mark.parametrize("number", ["999", "9" * 30])
def test_a_difference_that_is_not_there_gives_a_page(client: Client, number: str) -> None:
    answer = client.get(f"{LIST}{number}/")
    assert (answer.status_code, "Aucun écart ne porte ce numéro" in read(answer)) == (404, True)


def test_many_are_read_page_by_page_and_file_by_file(client: Client, tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, *[stated(12)] * 40])
    enter(tmp_path, [stated(11)] * 20, sequence=2)
    reconcile(NOW)
    first = read(client.get(LIST))
    assert (first.count("Signaler la ligne"), first.count("<h2>Fichier n°")) == (50, 2)
    following = first.partition(f'href="{LIST}suite/')[2].partition("/")[0]
    second = read(client.get(f"{LIST}suite/{following}/"))
    assert (second.count("Signaler la ligne"), second.count("<h2>Fichier n°")) == (10, 1)
    assert "suite" not in second
    assert "20 soldes comparés" in second

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mespoints.cli import main
from mespoints.cli.explain import canonical
from mespoints.law.texts.article import CORPUS, WORDINGS

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("L223-6", "L223-6"),
        ("l223-6 AL.3", "L223-6 al. 3"),
        ("  l. 223-6   alinéa 3 ", "L223-6 al. 3"),
        ("article L223-6 al 3", "L223-6 al. 3"),
        ("art. r*223-1 ii", "R223-1 II"),
        ("R223-1, iv", "R223-1 IV"),
        ("n'importe quoi", "N'IMPORTE QUOI"),
    ],
)
def test_an_article_may_be_typed_in_many_ways(typed: str, meant: str) -> None:
    assert canonical(typed) == meant


def test_a_paragraph_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "l.223-6", "al", "3"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("L223-6 al. 3 – Le point isolé revient vite\n")
    assert "- Du 7 mars 2007 au 15 mars 2011 (L223-6 al. 2), loi 2007-297 :" in said
    assert "- mespoints.law.rules.restoration.return_single_point" in said
    assert "- single_point_return : 0, puis 12 à partir du 1er janvier 2007, puis 6 à partir du" in said
    assert "(discuté)" in said
    assert "autres (docs/law.md)" in said


def test_a_whole_article_tells_its_paragraphs_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "L223-6"]) == 0
    titles = [line.partition(" – ")[0] for line in capsys.readouterr().out.splitlines() if line.startswith("L223-6 ")]
    assert titles == [f"L223-6 al. {rank}" for rank in range(1, 6)]


def test_readings_and_what_is_not_worked_out_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "L223-6 al. 5"]) == 0
    assert "- Q6 : Oui, du jour où elle est établie" in capsys.readouterr().out
    assert main(["explain", "L223-10"]) == 0
    assert "Pas calculé" in capsys.readouterr().out


def test_an_old_number_leads_to_its_heirs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "l11-6 al 3"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("L223-6 al. 5 –")
    assert "« L11-6 al. 3 » est un ancien numéro de L223-6 al. 5." in said


def test_a_detail_leads_to_the_paragraph_that_holds_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "R413-14 III 4°"]) == 0
    assert capsys.readouterr().out.startswith("R413-14 – Excès de vitesse")


def test_an_article_of_the_catalogue_alone_tells_its_offences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "R412-30"]) == 0
    assert "Feu rouge fixe ou clignotant non respecté (FEU_ROUGE) : 4 points, classe C4" in capsys.readouterr().out
    assert main(["explain", "L236-1"]) == 0
    assert "disputé : six points selon la presse" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("typed", "near"),
    [("L223-66", "L223-6"), ("R223-1 IX", "R223-1 I"), ("L223-6 al. 9", "L223-6 al."), ("", None), ("?", None)],
)
def test_an_unknown_article_is_one_sentence(typed: str, near: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", typed]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"« {typed} » inconnu" in said.err
    assert near is None or near in said.err


@pytest.mark.parametrize("reference", [*CORPUS, *WORDINGS])
def test_every_reference_is_told(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", reference]) == 0
    assert "Rédactions" in capsys.readouterr().out


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_window_is_wide_enough(columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    main(["explain", "L223-7"])
    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= columns


@pytest.mark.parametrize("words", [["explain", "L223-6"], ["offences"]])
def test_django_is_not_started_and_a_reader_who_leaves_is_no_error(words: list[str]) -> None:
    program = (
        "import sys; from mespoints.cli import main; status = main(sys.argv[1:]);"
        " print('django' in sys.modules, status, file=sys.stderr)"
    )
    surroundings = {"PYTHONPATH": str(CHECKOUT / "src"), "PATH": os.defpath, "LC_ALL": "C"}
    with subprocess.Popen(
        [sys.executable, "-c", program, *words], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        told = child.stderr.read()
    assert told == "False 2\n"

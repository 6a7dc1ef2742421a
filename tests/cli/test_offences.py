import pytest

from mespoints.cli import main
from mespoints.law.texts.catalogue import catalogue


@pytest.fixture(autouse=True)
def window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")


def test_a_row_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offences", "feu", "rouge", "--on", "2026-01-01"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Code       Classe  Points  Article  Infraction",
        "",
        "FEU_ROUGE  C4           4  R412-30  Feu rouge fixe ou clignotant non respecté",
        "",
        "1 infraction pour « feu rouge » en vigueur le 1er janvier 2026.",
    ]


@pytest.mark.parametrize(("day", "code"), [("2018-09-18", "PIETON_4PTS"), ("2018-09-19", "PIETON")])
def test_the_row_in_force_that_day(day: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offences", "priorité refusée à un PIETON", "--on", day]) == 0
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if line.startswith("PIETON")] == [code]


def test_without_a_day_each_row_says_when_it_was_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offences", "detecteur"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "(du 12 juillet 2003 au 4 janvier 2012)" in said
    assert "(depuis le 5 janvier 2012)" in said
    assert "3 infractions pour « detecteur »." in said


@pytest.mark.parametrize(
    ("search", "doubt"), [("TACHYGRAPHE_TEMPS", "[à vérifier]"), ("interfiles", "[source secondaire]"), ("rodeo", "disputé")]
)
def test_a_doubt_is_told(search: str, doubt: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offences", search]) == 0
    assert doubt in " ".join(capsys.readouterr().out.split())


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["offences", "soucoupe"]) == 0
    assert capsys.readouterr().out == "Aucune infraction pour « soucoupe ».\n"
    assert main(["offences", "piéton", "--on", "1992-01-01"]) == 0
    assert capsys.readouterr().out.startswith("Aucune infraction pour « piéton » en vigueur le 1er janvier 1992.") is False


@pytest.mark.parametrize("day", ["2024-02-30", "hier", "20240101", "2024-W01-1"])
def test_a_day_that_is_none_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["offences", "--on", day])
    assert left.value.code == 2
    assert f"trouvé « {day} » ; attendu un jour qui existe" in capsys.readouterr().err


@pytest.mark.parametrize("columns", [30, 60, 80, 100, 139, 300])
def test_the_window_is_wide_enough(columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert main(["offences"]) == 0
    said = capsys.readouterr().out
    assert max(len(line) for line in said.splitlines()) <= max(columns, 40)
    assert [code for code in catalogue() if code not in said] == []
    assert said.endswith(f"{len(catalogue())} infractions.\n")

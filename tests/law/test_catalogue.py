"""The catalogue of offences: rows that hold together, the row of a day, what is told of a doubtful one."""

import csv
import re
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest

from mespoints.law.case_fields import CaseError
from mespoints.law.case_reading import read_case
from mespoints.law.facts import OffenceClass
from mespoints.law.texts import catalogue as module
from mespoints.law.texts.catalogue import catalogue, in_force_instead, in_force_on, plain, search, successions
from mespoints.law.texts.readings import readings_taken, told_beside

CODE = re.compile(r"[A-Z][A-Z0-9_]*")
ARTICLE = re.compile(r"[LRD]\.? ?\d|CP |CE |CSP |C\. transports|ancien R")
LAST_DAY = date(2100, 1, 1)


def rows() -> list[dict[str, str]]:
    text = files("mespoints.law.texts").joinpath("offences.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_row_is_read() -> None:
    assert len(catalogue()) == len(rows()) == 194


@pytest.mark.parametrize("code", catalogue())
def test_a_row_holds_together(code: str) -> None:
    row = catalogue()[code]
    assert CODE.fullmatch(code)
    assert ARTICLE.match(row.article), row.article
    assert row.label == row.label.strip() != ""
    assert row.confidence in {"text", "secondary", "memory"}
    assert 0 <= row.points <= 9
    since, until = row.in_force_from, row.in_force_to
    assert since is None or since >= date(1992, 7, 1)
    assert until is None or (since is not None and since <= until)


@pytest.mark.parametrize("code", catalogue())
def test_points_are_within_the_law_of_their_first_day(code: str) -> None:
    """L223-2: a délit costs half the maximum, nothing when its article says nothing; a contravention a third, then half."""
    row = catalogue()[code]
    if row.offence_class is OffenceClass.D:
        assert row.points in ({0, 9} if code == "DRUG_ALC_9PTS" else {0, 3} if code == "DELIT_1992" else {0, 6})
    else:
        until_2003 = row.in_force_from is not None and row.in_force_from < date(2003, 6, 13)
        assert row.points <= (4 if until_2003 else 6)


@pytest.mark.parametrize("codes", successions(), ids=" ".join)
def test_rows_of_one_offence_follow_without_overlap(codes: tuple[str, ...]) -> None:
    followed = [catalogue()[code] for code in codes]
    for earlier, later in pairwise(followed):
        assert earlier.in_force_to is not None, earlier.code
        assert later.in_force_from is None or earlier.in_force_to < later.in_force_from, (earlier.code, later.code)


def test_no_two_rows_are_the_same_offence_on_the_same_day() -> None:
    same: dict[tuple[str, str], list[module.CatalogueEntry]] = {}
    for row in catalogue().values():
        same.setdefault((row.article, plain(row.label)), []).append(row)
    assert [key for key, found in same.items() if len(found) > 1] == []


def test_every_row_that_ended_leads_somewhere_or_is_known_to_end() -> None:
    """A row that was replaced must name what took its place; of these two, one was abolished, one joined a row that stood."""
    led = {code for codes in successions() for code in codes[:-1]}
    ended = {code for code, row in catalogue().items() if row.in_force_to is not None}
    assert ended - led == {"MOTO_RETRO_2013", "ALC_REFUS_PREVENTIF"}


@pytest.mark.parametrize(
    ("code", "eve", "day", "points"),
    [
        ("PIETON", "2018-09-18", "2018-09-19", 6),
        ("DETECTEUR", "2012-01-04", "2012-01-05", 6),
        ("TEL", "2012-01-04", "2012-01-05", 3),
        ("ALC_05_08", "2003-07-11", "2003-07-12", 6),
        ("SPD_LT5_LE50", "2023-12-31", "2024-01-01", 0),
        ("DRUG_ALC_9PTS", "2025-07-10", "2025-07-11", 9),
        ("SPD_GE50_D", "2025-12-28", "2025-12-29", 6),
        ("CEINTURE_COND", "2003-03-31", "2003-04-01", 3),
    ],
)
def test_the_day_before_and_the_day_itself(code: str, eve: str, day: str, points: int) -> None:
    assert in_force_on(code, date.fromisoformat(eve)) is None
    found = in_force_on(code, date.fromisoformat(day))
    assert found is not None
    assert found.points == points


def test_an_unknown_code_is_in_force_on_no_day() -> None:
    assert in_force_on("PIETONS", date(2020, 1, 1)) is None
    assert in_force_instead("PIETONS", date(2020, 1, 1)) == ()


@pytest.mark.parametrize(
    ("code", "day", "codes"),
    [
        ("PIETON", "2010-01-01", ["PIETON_4PTS"]),
        ("PIETON_4PTS", "2020-01-01", ["PIETON"]),
        ("DETECTEUR", "2005-01-01", ["DETECTEUR_2PTS"]),
        ("DETECTEUR", "2002-01-01", ["DETECTEUR_0PT"]),
        ("SPD_05_19_GT50", "2003-01-01", ["SPD_LT20_PRE2004", "SPD_NOVICE_LT40_PRE2003"]),
        ("SPD_LT20_PRE2004", "2024-01-01", ["SPD_LT5_LE50", "SPD_LT5_GT50", "SPD_05_19_LE50", "SPD_05_19_GT50"]),
        ("HOM_INV_OLD", "2026-01-01", ["HOM_INV", "HOM_ROUTIER"]),
        ("FEU_ROUGE", "1995-01-01", []),
    ],
)
def test_the_code_to_write_instead(code: str, day: str, codes: list[str]) -> None:
    assert [each.code for each in in_force_instead(code, date.fromisoformat(day))] == codes


@pytest.mark.parametrize("codes", successions(), ids=" ".join)
def test_what_is_named_instead_is_in_force(codes: tuple[str, ...]) -> None:
    for row in (catalogue()[code] for code in codes):
        after = (row.in_force_to or LAST_DAY) + timedelta(days=1)
        assert all(each.in_force(after) and each.code != row.code for each in in_force_instead(row.code, after))


def case_with(code: str, committed: str) -> dict[str, object]:
    offence = {"id": "a", "type": "offence", "committed": committed, "established": None, "offence": code}
    return {"licence": {"obtained": "2000-01-01", "probation": "none"}, "events": [offence], "as_of": "2026-01-01"}


def test_a_case_with_a_code_of_another_day_is_told_the_right_one() -> None:
    with pytest.raises(CaseError) as refused:
        read_case(case_with("PIETON", "2010-01-01"))
    assert refused.value.code == "unknown_offence"
    assert "pas en vigueur le 2010-01-01 ; attendu ce jour-là : 'PIETON_4PTS' (4 point(s))." in refused.value.message
    with pytest.raises(CaseError) as refused:
        read_case(case_with("MOTO_RETRO_2013", "2020-01-01"))
    assert "attendu un code en vigueur ce jour-là" in refused.value.message


@pytest.mark.parametrize(
    ("code", "doubt"),
    [
        ("FEU_ROUGE", ""),
        ("TACHYGRAPHE_TEMPS", "à vérifier"),
        ("INTERFILES", "source secondaire"),
        ("RODEO", "source secondaire ; disputé : six points selon la presse"),
        ("DISTANCE_TUNNEL_RECID", "trois points à la lettre du texte, six par la règle de tout délit"),
    ],
)
def test_a_doubt_is_told_beside_the_figure(code: str, doubt: str) -> None:
    assert catalogue()[code].doubt == doubt


def test_every_disputed_reading_names_rows_that_exist() -> None:
    assert set(told_beside()) <= set(catalogue())
    assert {"Q11", "Q14", "Q25", "Q26"} <= {key for key, each in readings_taken().items() if each.offences}


def test_search_looks_past_accents_case_and_order() -> None:
    wanted = [each.code for each in search("téléphone MAIN")]
    assert wanted == [each.code for each in search("main telephone")] == ["TEL_2PTS", "TEL"]
    assert [each.code for each in search("telephone", date(2011, 6, 1))] == ["TEL_2PTS"]
    assert [each.code for each in search("r412-30")] == ["FEU_ROUGE"]
    assert search("rien de tel") == ()
    assert len(search("")) == len(catalogue())
    assert plain("L\u2019Élève") == "l'eleve"


def test_a_code_on_two_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    once = rows()[0]
    monkeypatch.setattr(csv, "DictReader", lambda _: [once, once])
    with pytest.raises(ValueError, match="two rows"):
        catalogue.__wrapped__()

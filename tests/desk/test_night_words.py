"""What a report says, read as an operator reads it in the morning."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mespoints.desk.night_report import FileOutcome, NightFile, NightOutcome, NightReport, NightStep, StepTime
from mespoints.desk.night_words import OUTCOMES, STEPS, concerns, plain, summary
from mespoints.desk.wording import NARROW, NO_BREAK, counted, duration, moment

FILE = NightFile(
    name="feed-000002.jsonl",
    sequence=2,
    data_day=date(2026, 11, 22),
    outcome=FileOutcome.ENTERED,
    rows_read=58_012,
    rows_entered=58_000,
    rows_known=9,
    rows_refused=3,
)
REFUSED = NightFile(
    name="feed-000003.jsonl", sequence=3, data_day=date(2026, 11, 23), outcome=FileOutcome.REFUSED, sentence="Il est incomplet."
)
REPORT = NightReport(
    started_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
    today=date(2026, 11, 23),
    outcome=NightOutcome.DONE,
    touched=57_000,
    due=1_000,
    changed=1,
    anchor="58012 9d61b1",
    steps=(StepTime(step=NightStep.REFRESH, seconds=84.6),),
)


def spaced(text: str) -> str:
    return text.replace(NO_BREAK, " ").replace(NARROW, " ")


def test_a_quiet_night_says_so_at_once() -> None:
    assert spaced(summary(REPORT)) == "Tout s’est bien passé, en 1 min 25 s."
    assert concerns(REPORT) == []


def test_what_someone_has_to_look_at_comes_first() -> None:
    report = replace(REPORT, outcome=NightOutcome.TO_ATTEND, files=(FILE, REFUSED), balances_differing=2, messages_abandoned=1)
    assert spaced(summary(report)) == (
        "La nuit est allée au bout en 1 min 25 s. À regarder : 1 fichier refusé, 3 lignes en quarantaine, "
        "2 soldes qui diffèrent, 1 message abandonné."
    )


def test_the_whole_report_reads_as_a_page() -> None:
    report = replace(
        REPORT,
        outcome=NightOutcome.TO_ATTEND,
        files=(FILE, REFUSED),
        files_known=1,
        rows_back=2,
        messages_sent=1,
        messages_postponed=2,
        balances_compared=10,
        balances_differing=1,
        balances_unknown=2,
        papers_erased=2,
        shares_erased=1,
        failures=("Quelque chose à faire.",),
    )
    assert spaced(plain(report)).splitlines() == [
        "Nuit du 23 novembre 2026 à 4 h",
        (
            "La nuit est allée au bout en 1 min 25 s. À regarder : 1 fichier refusé, 3 lignes en quarantaine, "
            "1 solde qui diffère, 1 chose à faire."
        ),
        "",
        "Fichiers",
        "  N° 2, données du 22 novembre 2026 : 58 012 lignes lues, 58 000 entrées, 9 déjà connues, 3 en quarantaine.",
        "  N° 3, données du 23 novembre 2026 : Il est incomplet.",
        "  1 fichier du dossier de dépôt était déjà entré.",
        "  2 lignes de la quarantaine sont entrées.",
        "",
        "Dossiers",
        "  58 000 dossiers recalculés au 23 novembre 2026 : 57 000 pour une écriture nouvelle, 1 000 pour une échéance venue.",
        "  1 dossier a changé de solde ou de situation.",
        "",
        "Messages",
        "  1 message envoyé, 2 remis à plus tard.",
        "",
        "Rapprochement",
        "  10 soldes annoncés par la source, dont 1 diffère du nôtre, 2 pour un dossier que le registre ne connaît pas.",
        "",
        "Papiers et partages",
        "  Effacés : 2 papiers arrivés au bout de leur vie, 1 partage terminé depuis six mois.",
        "",
        "Ancre du registre",
        "  58012 9d61b1",
        "",
        "À faire",
        "  Quelque chose à faire.",
        "",
        "Durées",
        "  Recalculer les situations : 1 min 25 s",
    ]


def test_a_night_without_work_has_a_sentence_for_each_part() -> None:
    empty = NightReport(started_at=REPORT.started_at, today=REPORT.today, outcome=NightOutcome.DONE)
    told = plain(empty)
    for sentence in (
        "Aucun nouveau fichier.",
        "Aucun dossier à recalculer",
        "Aucun message en attente.",
        "Aucun solde annoncé",
        "Rien n’était à effacer.",
        "Rien n’est encore entré.",
    ):
        assert sentence in told


@pytest.mark.parametrize(
    ("first_seen", "changed", "said"),
    [
        (0, 0, "Aucun dossier n’a changé de solde ni de situation."),
        (1, 0, "1 dossier vu pour la première fois, aucun autre dossier n’a changé de solde ni de situation."),
        (3, 2, "3 dossiers vus pour la première fois, 2 dossiers ont changé de solde ou de situation."),
    ],
)
def test_first_times_are_not_changes(first_seen: int, changed: int, said: str) -> None:
    assert said in spaced(plain(replace(REPORT, first_seen=first_seen, changed=changed)))


@pytest.mark.parametrize("outcome", NightOutcome)
def test_every_outcome_has_its_words(outcome: NightOutcome) -> None:
    assert OUTCOMES[outcome]
    assert summary(replace(REPORT, outcome=outcome)).endswith(".")


def test_every_step_has_its_words() -> None:
    assert set(STEPS) == set(NightStep)


def test_figures_agree_in_french() -> None:
    assert spaced(counted(0, "fichier refusé")) == "0 fichier refusé"
    assert spaced(counted(2, "fichier refusé")) == "2 fichiers refusés"
    assert spaced(counted(1_000_000, "ligne lue")) == "1 000 000 lignes lues"


def test_durations_and_moments_are_worded() -> None:
    assert [spaced(duration(seconds)) for seconds in (0.04, 9.95, 12.4, 60.2, 185)] == [
        "0,0 s",
        "9,9 s",
        "12 s",
        "1 min 00 s",
        "3 min 05 s",
    ]
    assert spaced(moment(datetime(2026, 7, 1, 3, 5, tzinfo=UTC))) == "1er juillet 2026 à 5 h 05"

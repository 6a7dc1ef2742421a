"""Writes docs/linking.md again: the table of decisions in words, what each code means, and every case of tests/identity/cases."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from mespoints.identity.matching.communes import commune_history
from mespoints.identity.matching.decision import RULES, Verdict
from mespoints.identity.matching.reasons import Why
from tests.identity.matching.case_files import Case, cases

PAGE = Path(__file__).resolve().parent.parent / "docs" / "linking.md"
TITLES = {
    "noms.yaml": "Noms de naissance et d’usage",
    "prenoms.yaml": "Prénoms",
    "sexe-et-dates.yaml": "Sexe et date de naissance",
    "lieux.yaml": "Lieux de naissance",
    "decisions.yaml": "Plusieurs champs, plusieurs dossiers",
}
VERDICTS = {
    Verdict.LINK: "rattaché",
    Verdict.SECOND_PROOF: "deuxième preuve",
    Verdict.FILE_NUMBER: "numéro de dossier demandé",
    Verdict.AGENT: "un agent regarde",
    Verdict.NOT_FOUND: "aucun dossier",
}
WORDS = {
    Why.EQUAL: "égal (pour le nom d’usage : un appui, qui ne change rien)",
    Why.DIFFERENT: "se contredit : ce dossier n’est pas le sien",
    Why.APOSTROPHE: "égal une fois les apostrophes ôtées",
    Why.PARTICLE: "égal une fois une particule du début ôtée d’un seul côté",
    Why.FIRST_NAMES_ONLY: "le registre n’a gardé que le début des prénoms",
    Why.SPLIT_OTHERWISE: "mêmes mots, même ordre, prénoms coupés autrement",
    Why.USAGE_NAME: "seul un nom d’usage s’accorde",
    Why.UNSPECIFIED: "sexe non précisé d’un côté au moins",
    Why.DAY_UNKNOWN: "jour inconnu d’un côté au moins",
    Why.MONTH_UNKNOWN: "mois inconnu d’un côté au moins",
    Why.COMMUNE_UNKNOWN: "commune inconnue d’un côté au moins",
    Why.COMMUNE_HISTORY: "un code est devenu l’autre (fusion, départements de 1968)",
    Why.CORSICA: "20 avant 1976, 2A ou 2B depuis",
    Why.ARRONDISSEMENT: "la ville entière et l’un de ses arrondissements",
    Why.OVERSEAS: "Saint-Barthélemy, Saint-Martin, Mayotte : le code a changé",
    Why.FORMER_TERRITORY: "né sous administration française, ou dans l’État d’aujourd’hui",
    Why.FORMER_STATE: "État partagé, réuni ou renommé depuis la naissance",
    Why.NOT_COMPARED: "rien à comparer : ni pour, ni contre",
}
OPENING = Path(__file__).with_name("link_page_opening.md")


def page() -> str:
    return "".join(lines())


def lines() -> Iterator[str]:
    yield OPENING.read_text(encoding="utf-8").format(rules=RULES, version=commune_history().version)
    yield from (f"| `{why}` | {WORDS[why]} |\n" for why in Why)
    yield f"\n## Les {len(cases())} cas\n"
    order = list(TITLES)
    in_order = sorted(cases(), key=lambda case: order.index(case.file))
    for file, group in groupby(in_order, key=lambda case: case.file):
        yield f"\n### {TITLES[file]}\n\n| Cas | Décision | Pourquoi | Codes |\n|---|---|---|---|\n"
        yield from (row(case) for case in group)


def row(case: Case) -> str:
    decided = VERDICTS[Verdict(case.verdict)] + (f" (`{case.doubt}`)" if case.doubt else "")
    codes = ", ".join(f"`{code}`" for code in case.reasons)
    return f"| {case.name} | {decided} | {case.why} | {codes} |\n".replace("'", "’")


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The answer of ``evaluate`` as a French statement for a terminal."""

from datetime import date
from typing import Any
from unicodedata import category

from mespoints.law.texts.sentences import in_words

STATUS = {
    "none": "pas encore de permis",
    "valid": "permis valable",
    "zero_not_notified": "zéro point, lettre 48SI pas encore notifiée",
    "invalidated": "permis invalidé",
    "annulled": "permis annulé par un juge",
}
HELD, MISSING, ABOVE = "●", "○", "◌"
MARKS = 12
CONTROL = "Cc"
"""Unicode category of what would speak to the terminal instead of the person: a label comes from whoever wrote the case."""


def statement(answer: dict[str, Any]) -> str:
    lines = [*heading(answer), *movements(answer), *coming(answer), *remarks(answer)]
    return "".join(letter for letter in "\n".join(lines) if letter == "\n" or category(letter) != CONTROL) + "\n"


def heading(answer: dict[str, Any]) -> list[str]:
    ceiling = answer["ceiling"]
    marks = HELD * answer["balance"] + MISSING * ((ceiling or MARKS) - answer["balance"])
    points = f"{answer['balance']} point{'s' if answer['balance'] > 1 else ''}"
    lines = [
        f"Au {spoken(answer['as_of'])} : {points}" + (f" sur {ceiling}" if ceiling is not None else ""),
        f"  {marks.ljust(MARKS, ABOVE)}   {STATUS[answer['status']]}",
    ]
    if answer["account"] < 0:
        lines.append(f"  compte signé : {figure(answer['account'])}")
    if answer["probation"]["active"]:
        lines.append(f"  permis probatoire jusqu'au {spoken(answer['probation']['ends_on'])}")
    return lines


def movements(answer: dict[str, Any]) -> list[str]:
    if not answer["movements"]:
        return []
    lines = ["", "Ce qui s'est passé"]
    for movement in answer["movements"]:
        lines.append(f"  {change(movement)}  {movement['text']}")
        lines.append(f"                       {', '.join(movement['articles'])}")
    return lines


def coming(answer: dict[str, Any]) -> list[str]:
    if not answer["forecast"]:
        return ["", "Rien n'est à venir."]
    return [
        "",
        "Ce qui va revenir, si rien ne se passe",
        *(f"  {change(each)}  {each['condition']} ({', '.join(each['articles'])})" for each in answer["forecast"]),
    ]


def remarks(answer: dict[str, Any]) -> list[str]:
    lines = ["", *(undone(each) for each in answer["revoked"]), *(each["text"] for each in answer["obligations"])]
    if answer["new_licence_from"] is not None:
        lines.append(f"Un nouveau permis peut être obtenu à partir du {spoken(answer['new_licence_from'])}.")
    return [*lines, f"Stage : {answer['course']['advice']}"]


def undone(revoked: dict[str, Any]) -> str:
    days = spoken(revoked["would_have_been_on"]), spoken(revoked["undone_on"])
    return f"Un retour de {revoked['points']} point(s) le {days[0]} a été défait le {days[1]} (fait « {revoked['cause']} »)."


def change(movement: dict[str, Any]) -> str:
    return f"{movement['on']}  {signed(movement['points']):>3}  → {figure(movement['account']):>2}"


def spoken(day: str) -> str:
    return in_words(date.fromisoformat(day))


def figure(account: int) -> str:
    return f"−{-account}" if account < 0 else str(account)


def signed(points: int) -> str:
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"

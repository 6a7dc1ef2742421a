"""What is odd in a code that is otherwise well made: said, never held against it (official examples have some of these)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mespoints.documents.visible_code.encoding import Field, Header
from mespoints.documents.visible_code.forms import MOST_GIVEN_NAMES

NEPH = re.compile("[0-9]{12}")


class Oddity(StrEnum):
    SIGNED_BEFORE_ISSUE = "signed-before-issue"
    FILE_NUMBER_SHAPE = "file-number-shape"
    DUPLICATE_CATEGORY = "duplicate-category"
    MANY_GIVEN_NAMES = "many-given-names"
    TRUNCATED = "truncated"
    UNSIGNED_ANNEX = "unsigned-annex"
    SIGNED_IN_THE_FUTURE = "signed-in-the-future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    oddity: Oddity
    identifier: str | None
    """Of the field; None for the code as a whole."""
    sentence: str


def remarks(header: Header, fields: tuple[Field, ...], *, has_annex: bool) -> tuple[Remark, ...]:
    """Without any value of the code: they may be shown to anybody."""
    return (*_of_the_code(header, has_annex=has_annex), *(remark for field in fields for remark in _of_a_field(field)))


def _of_the_code(header: Header, *, has_annex: bool) -> Iterator[Remark]:
    if header.signed_on < header.issued_on:
        sentence = "Le cachet porte une date antérieure à celle du document."
        yield Remark(oddity=Oddity.SIGNED_BEFORE_ISSUE, identifier=None, sentence=sentence)
    if has_annex:
        sentence = "Le code contient une annexe que personne n’a signée : elle n’est pas montrée."
        yield Remark(oddity=Oddity.UNSIGNED_ANNEX, identifier=None, sentence=sentence)


def _of_a_field(field: Field) -> Iterator[Remark]:
    if field.is_truncated:
        yield _remark(Oddity.TRUNCATED, field, "Cette valeur est abrégée dans le code, faute de place.")
    match field.identifier:
        case "AC" if NEPH.fullmatch(field.value) is None:
            yield _remark(Oddity.FILE_NUMBER_SHAPE, field, "Le numéro de dossier n’a pas la forme habituelle de douze chiffres.")
        case "E6" if len(set(held := field.value.split(" "))) < len(held):
            yield _remark(Oddity.DUPLICATE_CATEGORY, field, "Une catégorie est écrite deux fois.")
        case "60" if field.value.count("/") >= MOST_GIVEN_NAMES:
            yield _remark(Oddity.MANY_GIVEN_NAMES, field, f"Le code contient plus de {MOST_GIVEN_NAMES} prénoms.")


def _remark(oddity: Oddity, field: Field, sentence: str) -> Remark:
    return Remark(oddity=oddity, identifier=field.identifier, sentence=sentence)

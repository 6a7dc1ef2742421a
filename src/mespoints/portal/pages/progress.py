"""Where am I: the four steps from nothing to one's record, by its number."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class Step(IntEnum):
    """In their order."""

    ACCOUNT = 1
    EMAIL = 2
    RECORD = 3
    CODE = 4


LABELS = {
    Step.ACCOUNT: "Compte",
    Step.EMAIL: "Adresse vérifiée",
    Step.RECORD: "Dossier",
    Step.CODE: "Code d’activation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMark:
    label: str
    state: Literal["done", "here", "to-come"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    sentence: str
    """« Étape 3 sur 4 »."""
    marks: tuple[StepMark, ...]


def progress(here: Step) -> Progress:
    return Progress(
        sentence=f"Étape {here.value} sur {len(Step)}",
        marks=tuple(
            StepMark(label=LABELS[step], state="here" if step is here else "done" if step < here else "to-come") for step in Step
        ),
    )

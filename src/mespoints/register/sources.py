"""Where what the register holds comes from."""

from enum import StrEnum


class Source(StrEnum):
    """Where the facts of the file come from, each with its own delays."""

    LICENCES = "licences"
    """Licences, cards, holders."""
    FINES = "fines"
    """Offences paid or titled."""
    COURTS = "courts"
    """Convictions, compositions, annulments."""
    LETTERS = "letters"
    """Letters received: 48N, 48SI."""
    COURSES = "courses"
    """Courses and training."""


SOURCE_NAMES = {
    Source.LICENCES: "Permis et titulaires",
    Source.FINES: "Amendes",
    Source.COURTS: "Tribunaux",
    Source.LETTERS: "Lettres reçues",
    Source.COURSES: "Stages et formations",
}
"""For people: operators and drivers."""

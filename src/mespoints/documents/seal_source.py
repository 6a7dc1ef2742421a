"""Where the seal comes from and how high it goes: paths and names, read in the environment; nothing is opened here."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Level(StrEnum):
    """Of PAdES (ETSI EN 319 142-1), each with all that the one before has."""

    B_B = "B-B"
    """The seal alone."""
    B_T = "B-T"
    """With the moment, vouched for by a time-stamping authority."""
    B_LT = "B-LT"
    """With what it takes to judge the certificates when their authorities are gone."""
    B_LTA = "B-LTA"
    """With a time-stamp over all of it, in a revision of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleKey:
    """A key that stays in a security module (PKCS#11). Its secret code is not shown with it."""

    module: Path
    token: str
    key_label: str
    pin: str

    def __repr__(self) -> str:
        return f"ModuleKey({self.token!r}, {self.key_label!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    authority_url: str
    level: Level
    authorities: Path | None
    """Certificates (PEM) of the time-stamping authorities that are trusted; needed from B-LT on."""
    seconds: float = 5.0
    """For one time-stamp: somebody waits for his paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSource:
    key: Path | ModuleKey
    certificate: Path
    """PEM: the certificate of the seal, then its chain."""
    stamping: Stamping | None = None

"""What every paper carries around its own words: reference, identity, the ways to check it, its fingerprint."""

from dataclasses import dataclass
from typing import ClassVar

from mespoints.documents.content import Content, StatedIdentity, fingerprint
from mespoints.documents.typeface import breakable, printable
from mespoints.documents.wording import PARIS, birth_day, grouped, moment
from mespoints.law.texts.sentences import NO_BREAK, in_words
from mespoints.register.file_number import FileNumber

FRANCE = "99100"
INVENTED = "Données fictives : exemple sans valeur"


@dataclass(frozen=True, slots=True)
class Pair:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBy:
    """What a PDF reader will say of the seal."""

    name: str
    is_self_signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbols:
    """Drawn in SVG, each at its own size."""

    data_matrix: str | None
    """None when nobody signs for this installation, or when a value cannot be written in such a code."""
    is_test: bool
    """Signed for tests: it proves nothing."""
    qr: str
    address: str
    """What the QR code opens; it holds the reference and nothing personal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What lets anybody check the paper."""

    reference: str
    sealed_by: SealedBy
    symbols: Symbols
    pages: int
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Around the words of the paper."""

    reference: str
    pages: int
    """As expected: beyond one, the paper counts them itself, which takes setting it twice."""
    keywords: tuple[str, ...]
    banner: str | None
    symbols: Symbols
    address: str
    """The same as in the symbols, as people type it."""
    fingerprint: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    template: ClassVar[str]
    """Name of its Typst file."""

    frame: Frame
    title: str
    identity: tuple[Pair, ...]


def frame(content: Content, proofs: Proofs) -> Frame:
    digest = fingerprint(content)
    return Frame(
        reference=proofs.reference,
        pages=proofs.pages,
        keywords=(f"référence {proofs.reference}", content.format, f"sha256:{digest}"),
        banner=INVENTED if proofs.invented else None,
        symbols=proofs.symbols,
        address=proofs.symbols.address.partition("://")[2],
        fingerprint=grouped(digest),
        stamp=f"Établi le {moment(content.issued_at)}",
    )


def named(identity: StatedIdentity) -> tuple[Pair, ...]:
    usage = (Pair("Nom d’usage", name(identity.usage_name)),) if identity.usage_name else ()
    return (
        Pair("Nom de naissance", name(identity.birth_name)),
        *usage,
        Pair("Prénoms" if len(identity.given_names) > 1 else "Prénom", name(", ".join(identity.given_names))),
        Pair("Naissance", f"{birth_day(identity.birth_date)}, {birth_place(identity)}"),
    )


def numbered(content: Content) -> Pair:
    return Pair("Numéro de dossier", FileNumber(content.file_number).displayed)


def name(text: str) -> str:
    return breakable(printable(text))


def birth_place(identity: StatedIdentity) -> str:
    # The file holds INSEE codes, not the names of places: the paper says no more than the file.
    if identity.birth_country != FRANCE:
        return printable(f"pays {identity.birth_country} (code{NO_BREAK}Insee)")
    commune = f"commune {identity.birth_commune} (code{NO_BREAK}Insee)" if identity.birth_commune else "commune inconnue"
    return printable(f"{commune}, France")


def data_day(content: Content) -> str:
    if content.data_as_of is None:
        return "Aucune donnée reçue"
    return f"Données arrêtées au {in_words(content.data_as_of.astimezone(PARIS).date())}"


def check(proofs: Proofs) -> str:
    """How to check the paper alone: the sentence says only what is there."""
    symbols = proofs.symbols
    address = "Le QR ouvre la page qui dit si ce papier est toujours vrai, sans montrer les points."
    if symbols.data_matrix is None:
        return f"{address} {_file(proofs.sealed_by)}"
    worth = f"{NO_BREAK}; ici c’est un code d’essai, qui ne prouve rien" if symbols.is_test else ""
    code = f"Le code 2D-DOC redit l’identité et l’état du permis, signés{NO_BREAK}: une application le lit sans réseau{worth}."
    return f"{code} {address} {_file(proofs.sealed_by)}"


def _file(sealed_by: SealedBy) -> str:
    owner = f"«{NO_BREAK}{printable(sealed_by.name)}{NO_BREAK}»"
    known = ", cachet d’essai sans autorité derrière lui" if sealed_by.is_self_signed else ""
    return (
        f"Le fichier porte le cachet de {owner}{known}{NO_BREAK}: tout lecteur PDF qui vérifie les signatures voit une retouche."
    )

"""From the bytes of a scanned code to what they say, or to why they say nothing. Nothing is raised, nothing is trusted."""

import re
from dataclasses import dataclass

from mespoints.documents.visible_code.base32 import from_base32
from mespoints.documents.visible_code.encoding import GS, RS, US, Field, Header, Message
from mespoints.documents.visible_code.fields import FIELDS, DocumentType, FieldSpec
from mespoints.documents.visible_code.forms import FORMS
from mespoints.documents.visible_code.heading import Head, read_head
from mespoints.documents.visible_code.malformed import Fault, Malformed
from mespoints.documents.visible_code.remarks import Remark, remarks

LONGEST = 2335
"""Characters: the capacity of the largest Data Matrix in C40."""
FOREIGN = re.compile(f"[^ -_{GS}{RS}{US}]")
IDENTIFIER = 2
SEPARATORS = re.compile(f"[{GS}{RS}]")
SIGNATURE_LENGTHS = (103, 154, 212)
"""Base32 letters of a signature on P-256, P-384 and P-521."""
SHOWN = {"<GS>": GS, "<RS>": RS, "<US>": US, "␝": GS, "␞": RS, "␟": US}
"""How readers show the separators to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedField:
    spec: FieldSpec
    field: Field
    words: str
    """In French."""
    start: int
    end: int
    """Of the raw slice, identifier and separator included, in characters of the code; the end is excluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    signed: bytes
    """Header and message, as the signature covers them."""
    header: Header
    fields: tuple[ParsedField, ...]
    signature: bytes
    """r and s, of equal lengths."""
    annex: str | None
    """What follows the signature in version 04: nobody signed it."""
    remarks: tuple[Remark, ...]

    @property
    def message(self) -> Message:
        return Message(header=self.header, fields=tuple(each.field for each in self.fields))


def from_pasted(text: str) -> str:
    """The code in a text copied from a reader, which shows separators as « <GS> » and adds blanks around."""
    for shown, separator in SHOWN.items():
        text = text.replace(shown, separator)
    # Not strip(): for Python the three separators are blanks.
    return text.strip(" \t\r\n")


def parse(code: bytes | str) -> Parsed | Malformed:
    """Time grows with the length of the code, which is bounded before anything is read."""
    text = code[: LONGEST + 1].decode("latin-1") if isinstance(code, bytes) else code[: LONGEST + 1]
    if (unreadable := _unreadable(text)) is not None:
        return unreadable
    signed, unit, tail = text.partition(US)
    head = read_head(signed)
    if isinstance(head, Malformed):
        return head
    if not unit:
        return _malformed(Fault.NO_SIGNATURE, len(signed), "la fin du code", "un séparateur US puis la signature")
    fields = _fields(signed, head)
    if isinstance(fields, Malformed):
        return fields
    letters, group, annex = tail.partition(GS) if head.header.version >= "04" else (tail, "", "")
    signature = from_base32(letters) if len(letters) in SIGNATURE_LENGTHS else None
    if signature is None:
        found = f"une signature de {len(letters)} caractères, ou mal écrite"
        return _malformed(Fault.SIGNATURE, len(signed) + 1, found, "103, 154 ou 212 caractères de Base32 sans remplissage")
    kept = annex if group else None
    noticed = remarks(head.header, tuple(each.field for each in fields), has_annex=kept is not None)
    raw = signed.encode("ascii")
    return Parsed(signed=raw, header=head.header, fields=fields, signature=signature, annex=kept, remarks=noticed)


def _malformed(fault: Fault, position: int, found: str, expected: str) -> Malformed:
    return Malformed(fault=fault, position=position, found=found, expected=expected)


def _unreadable(text: str) -> Malformed | None:
    if not text:
        return _malformed(Fault.EMPTY, 0, "un texte vide", "un code commençant par DC")
    if len(text) > LONGEST:
        return _malformed(Fault.TOO_LONG, LONGEST, "un texte trop long", f"{LONGEST} caractères au plus")
    stray = FOREIGN.search(text)
    if stray is None:
        return None
    return _malformed(
        Fault.CHARACTER, stray.start(), _shown(stray[0]), "des majuscules sans accent, des chiffres et des signes simples"
    )


def _shown(character: str) -> str:
    if character.islower():
        return "une minuscule ou une lettre hors de l’alphabet du code"
    return f"le caractère U+{ord(character):04X}"


def _fields(signed: str, head: Head) -> tuple[ParsedField, ...] | Malformed:
    document = head.header.document_type
    found: dict[str, ParsedField] = {}
    position = head.end
    while position < len(signed):
        spec = _spec(signed, position, document, found)
        if isinstance(spec, Malformed):
            return spec
        field = _fixed(signed, position, spec) if spec.is_fixed else _variable(signed, position, spec)
        if isinstance(field, Malformed):
            return field
        found[spec.identifier] = field
        position = field.end
    if missing := sorted(document.mandatory - set(found)):
        wanted = ", ".join(f"{identifier} ({FIELDS[identifier].meaning})" for identifier in missing)
        return _malformed(Fault.MISSING_FIELD, len(signed), "la fin du message", f"le champ obligatoire {wanted}")
    return tuple(found.values())


def _spec(signed: str, position: int, document: DocumentType, found: dict[str, ParsedField]) -> FieldSpec | Malformed:
    identifier = signed[position : position + IDENTIFIER]
    if SEPARATORS.match(identifier):
        return _malformed(Fault.SEPARATOR, position, "un séparateur", "un champ : celui d’avant est déjà terminé")
    spec = FIELDS.get(identifier)
    if spec is None:
        return _malformed(Fault.UNKNOWN_FIELD, position, "un champ inconnu", "un identifiant de champ de la spécification")
    named = f"le champ {identifier} ({spec.meaning})"
    if not document.takes(identifier):
        return _malformed(Fault.FORBIDDEN_FIELD, position, named, f"un champ prévu pour le type {document.code}")
    if identifier in found:
        return _malformed(Fault.DUPLICATE_FIELD, position, f"{named} une seconde fois", "chaque champ une seule fois")
    return spec


def _fixed(signed: str, position: int, spec: FieldSpec) -> ParsedField | Malformed:
    start = position + IDENTIFIER
    value = signed[start : start + spec.shortest]
    cut = SEPARATORS.search(value)
    length = cut.start() if cut else len(value)
    if length < spec.shortest:
        return _malformed(
            Fault.LENGTH, start, _counted(length), f"{spec.shortest} pour le champ {spec.identifier} ({spec.meaning})"
        )
    return _read(spec, Field(spec.identifier, value), position, start + spec.shortest)


def _variable(signed: str, position: int, spec: FieldSpec) -> ParsedField | Malformed:
    """Up to its separator, to its longest length (then no separator follows), or to the end of the message."""
    start = position + IDENTIFIER
    furthest = len(signed) if spec.longest is None else min(len(signed), start + spec.longest)
    # One further: a full value may still be followed by a separator.
    separator = SEPARATORS.search(signed, start, furthest + 1)
    stop = separator.start() if separator else furthest
    if stop - start < spec.shortest:
        return _malformed(
            Fault.LENGTH, start, _counted(stop - start), f"au moins {spec.shortest} pour le champ {spec.identifier}"
        )
    is_truncated = separator is not None and separator[0] == RS
    if is_truncated and not spec.may_be_truncated:
        return _malformed(Fault.SEPARATOR, stop, "une valeur tronquée", f"la valeur entière du champ {spec.identifier}")
    field = Field(spec.identifier, signed[start:stop], is_truncated)
    return _read(spec, field, position, separator.end() if separator else stop)


def _counted(length: int) -> str:
    return f"{length} caractère{'s' if length > 1 else ''}"


def _read(spec: FieldSpec, field: Field, start: int, end: int) -> ParsedField | Malformed:
    form = FORMS[spec.kind]
    words = form.words(field.value)
    if words is None:
        named = f"une autre valeur dans le champ {spec.identifier} ({spec.meaning})"
        return _malformed(Fault.VALUE, start + IDENTIFIER, named, form.expected)
    return ParsedField(spec=spec, field=field, words=words, start=start, end=end)

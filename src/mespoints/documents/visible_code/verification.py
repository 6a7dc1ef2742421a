"""Is this code authentic? A verdict anybody may read: the points are not in what it shows to a third party.

In the order of the specification: structure, authority, certificate, revocation (final, whatever the date), validity of the
certificate on the day of signature, signature. A document that has expired is another matter: its code stays authentic.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mespoints.documents.visible_code.forms import HEX_DAY, day_of
from mespoints.documents.visible_code.malformed import Malformed
from mespoints.documents.visible_code.parsing import Parsed, ParsedField, parse
from mespoints.documents.visible_code.remarks import Oddity, Remark
from mespoints.documents.visible_code.signature import signature_holds
from mespoints.documents.visible_code.trust import Authority, Trust, TrustedCertificate
from mespoints.documents.wording import PARIS, typeset
from mespoints.law.texts.sentences import in_words

EXPIRY = "08"


class Outcome(StrEnum):
    VALID = "valid"
    VALID_TEST = "valid-test"
    UNKNOWN_AUTHORITY = "unknown-authority"
    UNKNOWN_CERTIFICATE = "unknown-certificate"
    REVOKED = "revoked"
    OUT_OF_VALIDITY = "out-of-validity"
    BAD_SIGNATURE = "bad-signature"
    MALFORMED = "malformed"


SENTENCES = {
    Outcome.VALID: "Le code est authentique : il a été fait par l’émetteur, et rien n’y a changé. Comparez-le au papier.",
    Outcome.VALID_TEST: "Code d’essai : le cachet est exact, mais il ne prouve rien. Ne l’acceptez pas comme un vrai document.",
    Outcome.UNKNOWN_AUTHORITY: "L’autorité qui garantit ce code n’est pas connue ici : il ne peut pas être vérifié.",
    Outcome.UNKNOWN_CERTIFICATE: "Le certificat qui a signé ce code n’est pas connu ici : il ne peut pas être vérifié.",
    Outcome.REVOKED: "Le certificat qui a signé ce code est révoqué : le code ne prouve plus rien. Demandez un nouveau document.",
    Outcome.OUT_OF_VALIDITY: "Ce code porte une date à laquelle son certificat ne valait pas : il ne prouve rien.",
    Outcome.BAD_SIGNATURE: "Le cachet ne correspond pas à ce que dit le code : il a été modifié, ou n’a jamais été authentique.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedField:
    identifier: str
    meaning: str
    value: str
    """Both in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What the header says; to be believed only if the verdict is good."""

    document: str
    authority: str
    """Its name, or its identifier when it is not known."""
    certificate: str
    issued_on: date
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A page for anybody shows everything but ``holder_fields``."""

    outcome: Outcome
    sentence: str
    provenance: Provenance | None = None
    """None for a malformed code."""
    public_fields: tuple[ExplainedField, ...] = ()
    """Empty unless the signature holds: what is not authentic is not repeated."""
    holder_fields: tuple[ExplainedField, ...] = ()
    """Points and offences: for the holder signed in, for nobody else."""
    remarks: tuple[Remark, ...] = ()
    expires_on: date | None = None
    """Last day included."""
    has_expired: bool = False
    malformed: Malformed | None = None

    @property
    def is_authentic(self) -> bool:
        """True of a real seal only: a test proves nothing."""
        return self.outcome is Outcome.VALID

    @property
    def expiry_sentence(self) -> str | None:
        if self.expires_on is None:
            return None
        if self.has_expired:
            day = in_words(self.expires_on)
            return typeset(f"Ce document a expiré le {day}. Son code reste exact, mais demandez un document récent.")
        return f"Ce document vaut jusqu’au {in_words(self.expires_on)} inclus."


def verify(code: bytes | str, trust: Trust, now: datetime) -> Verdict:
    """Never raises for a code, whatever it holds. ``now`` is aware."""
    parsed = parse(code)
    if isinstance(parsed, Malformed):
        return Verdict(outcome=Outcome.MALFORMED, sentence=parsed.sentence, malformed=parsed)
    authority = trust.authority(parsed.header.authority)
    outcome = _outcome(parsed, authority)
    if outcome not in {Outcome.VALID, Outcome.VALID_TEST}:
        return Verdict(outcome=outcome, sentence=typeset(SENTENCES[outcome]), provenance=_provenance(parsed, authority))
    today = now.astimezone(PARIS).date()
    expires_on = _expiry(parsed)
    return Verdict(
        outcome=outcome,
        sentence=typeset(SENTENCES[outcome]),
        provenance=_provenance(parsed, authority),
        public_fields=tuple(_explained(each) for each in parsed.fields if not _is_held_back(each)),
        holder_fields=tuple(_explained(each) for each in parsed.fields if _is_held_back(each)),
        remarks=(*parsed.remarks, *_of_today(parsed, today)),
        expires_on=expires_on,
        has_expired=expires_on is not None and today > expires_on,
    )


def _outcome(parsed: Parsed, authority: Authority | None) -> Outcome:
    if authority is None:
        return Outcome.UNKNOWN_AUTHORITY
    certificate = authority.certificate(parsed.header.certificate)
    if certificate is None:
        return Outcome.UNKNOWN_CERTIFICATE
    return _judged(parsed, certificate, is_test=authority.proves_nothing or certificate.is_test)


def _judged(parsed: Parsed, certificate: TrustedCertificate, *, is_test: bool) -> Outcome:
    if certificate.is_revoked:
        return Outcome.REVOKED
    if not certificate.valid_from <= parsed.header.signed_on <= certificate.valid_until:
        return Outcome.OUT_OF_VALIDITY
    if not signature_holds(parsed.signed, parsed.signature, certificate.public_key):
        return Outcome.BAD_SIGNATURE
    return Outcome.VALID_TEST if is_test else Outcome.VALID


def _provenance(parsed: Parsed, authority: Authority | None) -> Provenance:
    header = parsed.header
    return Provenance(
        document=header.document_type.name,
        authority=header.authority if authority is None else authority.name,
        certificate=header.certificate,
        issued_on=header.issued_on,
        signed_on=header.signed_on,
    )


def _is_held_back(parsed: ParsedField) -> bool:
    return parsed.spec.is_for_the_holder_alone(parsed.field.value)


def _explained(parsed: ParsedField) -> ExplainedField:
    return ExplainedField(identifier=parsed.spec.identifier, meaning=parsed.spec.meaning, value=parsed.words)


def _expiry(parsed: Parsed) -> date | None:
    stated = next((each.field.value for each in parsed.fields if each.spec.identifier == EXPIRY), None)
    return day_of(stated) if stated is not None and HEX_DAY.fullmatch(stated) else None


def _of_today(parsed: Parsed, today: date) -> tuple[Remark, ...]:
    if parsed.header.signed_on <= today:
        return ()
    sentence = "Le cachet porte une date à venir. Vérifiez l’heure de votre appareil, puis celle du document."
    return (Remark(oddity=Oddity.SIGNED_IN_THE_FUTURE, identifier=None, sentence=sentence),)

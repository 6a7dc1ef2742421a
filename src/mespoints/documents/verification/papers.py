"""The three ways to check a paper: its file, its visible code, its reference. None of them raises for what was given."""

from datetime import date, datetime
from hashlib import sha256

import msgspec

from mespoints.documents.verification.child import inspected
from mespoints.documents.verification.outer_form import refused_for_its_form
from mespoints.documents.verification.register_of_papers import KnownPaper, RegisterOfPapers, initials, typed_reference
from mespoints.documents.verification.seal_facts import Inspection
from mespoints.documents.verification.trust import PaperTrust, TrustedSeal
from mespoints.documents.verification.verdict import CheckedPaper, Means, Outcome, PaperStatus, Verdict
from mespoints.documents.verification.words import TEST_REFERENCE, status_words, verdict_of
from mespoints.documents.visible_code import verification as codes
from mespoints.documents.visible_code.fields import STATEMENTS
from mespoints.documents.visible_code.parsing import from_pasted
from mespoints.documents.wording import PARIS, typeset

REFERENCE_FIELD, GIVEN_NAMES_FIELD, NAME_FIELD = "01", "60", "6G"
STATEMENT_FIELD, STATE_FIELD, CATEGORIES_FIELD = "E4", "E5", "E6"
ATTESTATION = STATEMENTS["APC"]
SEALED_PAPER = "Document du permis de conduire"

OF_CODES = {
    codes.Outcome.VALID: Outcome.AUTHENTIC,
    codes.Outcome.VALID_TEST: Outcome.AUTHENTIC_TEST,
    codes.Outcome.UNKNOWN_AUTHORITY: Outcome.SIGNED_BY_ANOTHER,
    codes.Outcome.UNKNOWN_CERTIFICATE: Outcome.SIGNED_BY_ANOTHER,
    codes.Outcome.REVOKED: Outcome.REVOKED,
    codes.Outcome.OUT_OF_VALIDITY: Outcome.OUT_OF_VALIDITY,
    codes.Outcome.BAD_SIGNATURE: Outcome.ALTERED,
    codes.Outcome.MALFORMED: Outcome.NOT_A_CODE,
}


def verify_pdf(pdf: bytes, trust: PaperTrust, register: RegisterOfPapers | None, now: datetime) -> Verdict:
    """``register``: None when nobody can be asked (offline). ``now`` is aware. Nothing of the file is kept.

    Raises ``TooManyAtOnce`` alone.
    """
    refused = refused_for_its_form(pdf)
    if refused is not None:
        return verdict_of(Means.FILE, refused)
    told = inspected(pdf, trust.timestamp_roots)
    if told is None:
        return verdict_of(Means.FILE, Outcome.UNREADABLE)
    facts = msgspec.json.decode(told, type=Inspection)
    outcome = _outcome(facts, trust)
    if outcome not in {Outcome.AUTHENTIC, Outcome.AUTHENTIC_TEST}:
        return verdict_of(Means.FILE, outcome)
    known = register.by_reference(facts.reference) if register is not None and facts.reference else None
    if known is not None and known.pdf_sha256 and known.pdf_sha256 != sha256(pdf).hexdigest():
        # The seal would hold; but this is not, byte for byte, the file that was delivered.
        return verdict_of(Means.FILE, Outcome.ALTERED)
    paper = known.paper if known is not None else _sealed_paper(facts)
    return _ours(Means.FILE, outcome, paper, _status(known, register, now), facts=facts, offline=register is None)


def verify_code(text: str, trust: PaperTrust, register: RegisterOfPapers | None, now: datetime) -> Verdict:
    """``text``: as scanned, or as pasted from a reader. Never raises."""
    judged = codes.verify(from_pasted(text), trust.visible_codes, now)
    outcome = OF_CODES[judged.outcome]
    if judged.malformed is not None:
        return verdict_of(Means.CODE, outcome, remarks=(judged.sentence,))
    if outcome not in {Outcome.AUTHENTIC, Outcome.AUTHENTIC_TEST}:
        return verdict_of(Means.CODE, outcome)
    paper = _coded_paper(judged)
    known = register.by_reference(paper.reference) if register is not None and paper.reference else None
    status = PaperStatus.EXPIRED if judged.has_expired else _status(known, register, now)
    remarks = tuple(each.sentence for each in judged.remarks)
    return _ours(Means.CODE, outcome, paper, status, remarks=remarks, offline=register is None)


def verify_reference(text: str, register: RegisterOfPapers, now: datetime, *, invented: bool) -> Verdict:
    """What is known of the paper that bears this reference; it proves nothing of the paper at hand. Never raises."""
    reference = typed_reference(text)
    if reference is None:
        return verdict_of(Means.REFERENCE, Outcome.NOT_A_REFERENCE)
    known = register.by_reference(reference)
    if known is None:
        return verdict_of(Means.REFERENCE, Outcome.UNKNOWN_REFERENCE)
    remarks = (typeset(TEST_REFERENCE),) if invented else ()
    return _ours(
        Means.REFERENCE, Outcome.KNOWN_REFERENCE, known.paper, _status(known, register, now), remarks=remarks, offline=False
    )


def _outcome(facts: Inspection, trust: PaperTrust) -> Outcome:
    if facts.encrypted:
        return Outcome.ENCRYPTED
    if facts.seals == 0:
        return Outcome.NOT_SEALED
    if facts.seals > 1:
        return Outcome.SIGNED_TWICE
    seal = trust.seal(facts.signer)
    if seal is None:
        return Outcome.SIGNED_BY_ANOTHER
    return _judged(facts, seal)


def _judged(facts: Inspection, seal: TrustedSeal) -> Outcome:
    if not facts.holds or facts.sealed_at is None:
        return Outcome.ALTERED
    if seal.is_revoked:
        return Outcome.REVOKED
    # A time-stamp cannot be chosen by whoever stole a key; the moment written in the seal can.
    at = facts.timestamped_at or facts.sealed_at
    if not seal.certificate.not_valid_before_utc <= at <= seal.certificate.not_valid_after_utc:
        return Outcome.OUT_OF_VALIDITY
    return Outcome.AUTHENTIC_TEST if seal.is_test else Outcome.AUTHENTIC


def _status(known: KnownPaper | None, register: RegisterOfPapers | None, now: datetime) -> PaperStatus:
    if known is None or register is None or known.paper.reference is None:
        return PaperStatus.UNKNOWN
    return register.status_of(known.paper.reference, now.astimezone(PARIS).date())


def _ours(
    means: Means,
    outcome: Outcome,
    paper: CheckedPaper,
    status: PaperStatus,
    *,
    offline: bool,
    facts: Inspection | None = None,
    remarks: tuple[str, ...] = (),
) -> Verdict:
    return verdict_of(
        means,
        outcome,
        standing=(status, status_words(status, paper, offline=offline)),
        paper=paper,
        remarks=remarks,
        moments=(facts.sealed_at, facts.timestamped_at) if facts is not None else (None, None),
    )


def _sealed_paper(facts: Inspection) -> CheckedPaper:
    """What the seal alone says, without the register."""
    issued_on = facts.sealed_at.astimezone(PARIS).date() if facts.sealed_at is not None else None
    return CheckedPaper(kind=SEALED_PAPER, reference=facts.reference, issued_on=issued_on)


def _coded_paper(judged: codes.Verdict) -> CheckedPaper:
    fields = {each.identifier: each.value for each in judged.public_fields}
    kind = fields.get(STATEMENT_FIELD, judged.provenance.document if judged.provenance is not None else SEALED_PAPER)
    issued_on: date | None = judged.provenance.issued_on if judged.provenance is not None else None
    is_attestation = kind == ATTESTATION
    given_names = tuple(fields.get(GIVEN_NAMES_FIELD, "").split(", "))
    categories = tuple(fields.get(CATEGORIES_FIELD, "").replace(",", " ").split()) if is_attestation else ()
    return CheckedPaper(
        kind=kind[:1].upper() + kind[1:],
        reference=typed_reference(fields.get(REFERENCE_FIELD, "")),
        issued_on=issued_on,
        expires_on=judged.expires_on,
        initials=initials(given_names, fields.get(NAME_FIELD, "")) or None,
        rights=fields.get(STATE_FIELD) if is_attestation else None,
        categories=categories,
        holds_points=not is_attestation,
    )

"""An identity, judged on what the register, the links and the disputes say now; and the trail it leaves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from mespoints.identity.digests import keyed_digest
from mespoints.identity.disputes import disputed
from mespoints.identity.linking_tables import LinkingAttempt
from mespoints.identity.matching.communes import commune_history
from mespoints.identity.matching.decision import Decision, Likeness, decide
from mespoints.identity.models import Link
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.register.search import candidates, described

ATTEMPTS_KEPT = timedelta(days=365)
LINKED = "linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    decision: Decision
    linked_holder: int | None
    """The holder that this very subject is linked to already."""

    @property
    def keeps_its_link(self) -> bool:
        """Linked before, and still alike but for one field at most: what was proved then is not asked again."""
        return any(match.holder_id == self.linked_holder and match.likeness >= Likeness.SOFT for match in self.decision.matches)


def judge(identity: VerifiedIdentity) -> Judgement:
    link = Link.objects.filter(provider=identity.provider, subject=identity.subject, until__isnull=True).first()
    found = candidates(identity.pivot)
    known = {record.holder_id: record for record in found.found}
    if link is not None:
        # His own record counts even when the search is too full to show it.
        known |= {record.holder_id: record for record in described([link.holder_id])}
    decision = decide(identity.pivot, tuple(known.values()), commune_history(), disputed=disputed(known), too_many=found.too_many)
    return Judgement(decision=decision, linked_holder=link.holder_id if link else None)


def codes_of(decision: Decision) -> dict[str, list[str]]:
    return {str(match.holder_id): [reason.code for reason in match.reasons] for match in decision.matches}


def inputs_digest(identity: VerifiedIdentity) -> str:
    """The same civil status, the same digest."""
    return keyed_digest("inputs", msgspec.json.encode(identity.pivot).decode())


def subject_digest(identity: VerifiedIdentity) -> str:
    return keyed_digest("subject", f"{identity.provider}:{identity.subject}")


def leave_trail(identity: VerifiedIdentity, decision: Decision, outcome: str, now: datetime) -> None:
    LinkingAttempt.objects.filter(at__lt=now - ATTEMPTS_KEPT).delete()
    LinkingAttempt.objects.create(
        provider=identity.provider,
        subject_digest=subject_digest(identity),
        inputs_digest=inputs_digest(identity),
        verdict=decision.verdict,
        doubt=decision.doubt,
        codes=codes_of(decision),
        rules=decision.rules,
        outcome=outcome,
        at=now,
    )

"""A number of the licence, typed after the sign-in: it opens the only record that may be his, or chooses between several."""

from datetime import datetime, timedelta

from mespoints.identity.judgement import Judgement, judge, subject_digest
from mespoints.identity.link import account_of, is_held_by_another, to_an_agent, with_trail
from mespoints.identity.linking_failures import SecondProofUnreadable, SecondProofWrong, TooManyTries
from mespoints.identity.matching.decision import Doubt, Likeness, Match, Verdict
from mespoints.identity.models import Account
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.rate_limits.limits import Limit, Spending, spend, spend_all
from mespoints.register.proof import is_file_number_of, is_title_number_of, looks_like_a_number

PROOFS_OF_SUBJECT = Limit(name="proofs_of_subject", at_most=5, within=timedelta(days=1))
PROOFS_OF_RECORD = Limit(name="proofs_of_record", at_most=5, within=timedelta(days=1))


def prove(identity: VerifiedIdentity, typed: str, now: datetime) -> Account:
    """Judged anew: the register may have changed while the number was typed. Raises an ``IdentityFailure``."""
    if not looks_like_a_number(typed):
        raise SecondProofUnreadable
    judged = judge(identity)
    if judged.decision.verdict not in {Verdict.SECOND_PROOF, Verdict.FILE_NUMBER} or judged.linked_holder is not None:
        return account_of(identity, now)
    return with_trail(identity, judged, lambda: _proved(identity, judged, typed, now), now)


def _proved(identity: VerifiedIdentity, judged: Judgement, typed: str, now: datetime) -> int:
    _spend_a_try(identity, judged, now)
    proved = next((match for match in judged.decision.matches if _is_number_of(judged, match.holder_id, typed)), None)
    if proved is None:
        raise SecondProofWrong
    if proved.likeness is Likeness.DOUBTFUL:
        to_an_agent(identity, judged, Doubt.SEVERAL, now)
    if not _is_sure(proved) and is_held_by_another(identity, proved.holder_id):
        to_an_agent(identity, judged, Doubt.ALREADY_LINKED, now)
    return proved.holder_id


def _is_number_of(judged: Judgement, holder_id: int, typed: str) -> bool:
    if is_file_number_of(holder_id, typed):
        return True
    # Between several records the number of a card, lent or photographed more often, does not choose.
    return judged.decision.verdict is Verdict.SECOND_PROOF and is_title_number_of(holder_id, typed)


def _is_sure(match: Match) -> bool:
    """Equal in every field: a new subject of the same person, as after a correction of the civil status."""
    return match.likeness is Likeness.EXACT


def _spend_a_try(identity: VerifiedIdentity, judged: Judgement, now: datetime) -> None:
    """Before the number is looked at, so that a right one costs what a wrong one does."""
    if not spend(PROOFS_OF_SUBJECT, subject_digest(identity), now):
        raise TooManyTries
    records = [Spending(limit=PROOFS_OF_RECORD, key=str(holder_id)) for holder_id in judged.decision.holder_ids]
    if not spend_all(records, now):
        raise TooManyTries

"""The doubtful links: what waits, what an agent decides. Nothing is linked here: the person's next sign-in reads it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespoints.access_log.trace import Trace, trace
from mespoints.desk.access import for_roles, operator_id
from mespoints.desk.notes import leave_note, take_note
from mespoints.desk.pages.frame import Place
from mespoints.desk.pages.linking import (
    LONGEST_REASON,
    SHORTEST_REASON,
    DecisionFault,
    Said,
    can_be_linked,
    linking_page,
    review_page,
)
from mespoints.desk.views.framing import LARGEST_NUMBER, UNPROCESSABLE, framed
from mespoints.identity import reviews
from mespoints.identity.disputes import disputed, open_dispute, settle_dispute
from mespoints.identity.reviews import NotACandidate, ReviewGone, WaitingReview
from mespoints.identity.roles import Role
from mespoints.register.consultation import ReaderRole
from mespoints.register.identities import Candidate
from mespoints.register.search import described

AT_ONCE = 100
REASON = "rattachement douteux, à comparer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A review with its records, as the register describes them now."""

    review: WaitingReview
    records: tuple[Candidate, ...]
    disputed: frozenset[int]


@require_safe
@for_roles(Role.AGENT, Role.SUPERVISOR)
def waiting(request: HttpRequest) -> HttpResponse:
    page = linking_page(
        framed(request, "Rattachements", Place.LINKING),
        list(reviews.waiting(AT_ONCE + 1)),
        at_most=AT_ONCE,
        note=take_note(request),
    )
    return render(request, "desk/linking.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.AGENT, Role.SUPERVISOR)
def review(request: HttpRequest, number: int) -> HttpResponse:
    """One doubt; its form decides: link to one of the records, or refuse."""
    case = _case(number)
    if request.method != "POST":
        return _shown(request, case)
    try:
        return _decided(request, case)
    except (ReviewGone, NotACandidate) as gone:
        # Somebody else decided meanwhile, or the person came again and the records are not the same.
        raise Http404 from gone


def _decided(request: HttpRequest, case: Case) -> HttpResponse:
    number, reason = case.review.number, _reason(request)
    if len(reason) < SHORTEST_REASON:
        return _shown(request, case, DecisionFault.NO_REASON, reason)
    chosen = request.POST.get("holder", "")
    if chosen == "none":
        reviews.refuse(number, reason=reason, by=operator_id(request), now=timezone.now())
        return _done(request, Said.REFUSED)
    record = next((record for record in case.records if str(record.holder_id) == chosen), None)
    if record is None:
        return _shown(request, case, DecisionFault.NOT_A_CANDIDATE, reason)
    if not can_be_linked(record, is_disputed=record.holder_id in case.disputed) or case.review.pivot is None:
        return _shown(request, case, DecisionFault.BLOCKED, reason)
    reviews.decide_to_link(number, record.holder_id, reason=reason, by=operator_id(request), now=timezone.now())
    return _done(request, Said.LINKED)


@require_POST
@for_roles(Role.AGENT, Role.SUPERVISOR)
def dispute(request: HttpRequest, number: int) -> HttpResponse:
    """Opens or settles the dispute of one of the records."""
    case, reason = _case(number), _reason(request)
    record = next((record for record in case.records if str(record.holder_id) == request.POST.get("holder", "")), None)
    if record is None:
        return _shown(request, case, DecisionFault.NOT_A_CANDIDATE, reason)
    if record.holder_id in case.disputed:
        settle_dispute(record.holder_id, timezone.now())
        return _done(request, Said.SETTLED)
    if len(reason) < SHORTEST_REASON:
        return _shown(request, case, DecisionFault.NO_REASON, reason)
    open_dispute(record.holder_id, reason=reason, now=timezone.now())
    return _done(request, Said.DISPUTED)


def _reason(request: HttpRequest) -> str:
    # PostgreSQL keeps no zero character, and no keyboard writes one.
    return request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST_REASON]


def _case(number: int) -> Case:
    try:
        found = reviews.waiting_review(min(number, LARGEST_NUMBER))
    except ReviewGone as gone:
        raise Http404 from gone
    return Case(review=found, records=described(found.codes), disputed=disputed(found.codes))


def _shown(request: HttpRequest, case: Case, fault: DecisionFault | None = None, reason: str = "") -> HttpResponse:
    # Two identities are about to be read: the traces come first, and without them nothing is shown.
    for record in case.records:
        leave_trace(record.holder_id, operator_id(request))
    page = review_page(
        framed(request, "Un rattachement douteux", Place.LINKING),
        case.review,
        case.records,
        disputed=case.disputed,
        fault=fault,
        reason=reason,
    )
    return render(request, "desk/linking_review.html", {"page": page}, status=UNPROCESSABLE if fault else 200)


def leave_trace(holder_id: int, account_id: int) -> None:
    trace(Trace(account_id=account_id, role=ReaderRole.AGENT.value, holder_id=holder_id, reason=REASON, at=timezone.now()))


def _done(request: HttpRequest, said: Said) -> HttpResponse:
    leave_note(request, said.value)
    return redirect("desk:linking")

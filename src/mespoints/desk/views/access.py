"""Who may come in: inviting, approving, revoking; and one's own account."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mespoints.desk.access import at_work, for_roles
from mespoints.desk.notes import leave_note, take_note
from mespoints.desk.pages.access import Asked, access_page, own_account_page
from mespoints.desk.pages.frame import Place
from mespoints.desk.views.framing import framed
from mespoints.desk.wording import typeset
from mespoints.identity import agents
from mespoints.identity.invitations import LONGEST_EMAIL, Refused
from mespoints.identity.roles import Role

LARGEST_NUMBER = 2**63 - 1
NO_ROLE = "Choisissez le rôle de cette personne."

Act = Callable[[int], None]


@require_safe
@for_roles(Role.OPERATOR, Role.SUPERVISOR)
def access(request: HttpRequest) -> HttpResponse:
    return _shown(request, note=take_note(request))


@require_POST
@for_roles(Role.OPERATOR, Role.SUPERVISOR)
def invite(request: HttpRequest) -> HttpResponse:
    email, role = request.POST.get("email", "")[: LONGEST_EMAIL + 1], request.POST.get("role", "")
    if role not in Role.values:
        return _shown(request, asked=Asked(email=email, error=NO_ROLE), status=400)
    try:
        agents.invite(at_work(request).known.hand, email, Role(role), timezone.now())
    except Refused as refused:
        return _shown(request, asked=Asked(email=email, role=role, error=refused.sentence), status=400)
    return _done(request, "L’invitation est lancée : une deuxième personne doit maintenant l’approuver.")


@require_POST
@for_roles(Role.OPERATOR, Role.SUPERVISOR)
def approve(request: HttpRequest, number: int) -> HttpResponse:
    hand = at_work(request).known.hand
    done = "L’invitation est approuvée : la personne peut entrer par ProConnect."
    return _acted(request, number, lambda each: agents.approve(hand, each, timezone.now()), done)


@require_POST
@for_roles(Role.OPERATOR, Role.SUPERVISOR)
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    hand = at_work(request).known.hand
    done = "L’accès est retiré, et les sessions ouvertes de cette personne sont finies."
    return _acted(request, number, lambda each: agents.revoke(hand, each, timezone.now()), done)


@require_safe
@for_roles(*Role)
def own_account(request: HttpRequest) -> HttpResponse:
    found = at_work(request)
    page = own_account_page(
        framed(request, "Mon compte", Place.OWN_ACCOUNT),
        found.known,
        opened_at=found.session.opened_at,
        ends_at=found.session.ends_at,
    )
    return render(request, "desk/own_account.html", {"page": page})


def _acted(request: HttpRequest, number: int, act: Act, done: str) -> HttpResponse:
    if number > LARGEST_NUMBER:
        raise Http404
    try:
        act(number)
    except agents.UnknownInvitation as unknown:
        raise Http404 from unknown
    except Refused as refused:
        return _shown(request, trouble=refused.sentence, status=409)
    return _done(request, done)


def _done(request: HttpRequest, note: str) -> HttpResponse:
    """Said on the next page, so that a reload does not do it again."""
    leave_note(request, typeset(note))
    return redirect("desk:access")


def _shown(
    request: HttpRequest,
    *,
    note: str = "",
    trouble: str | None = None,
    asked: Asked | None = None,
    status: int = 200,
) -> HttpResponse:
    page = access_page(
        framed(request, "Accès", Place.ACCESS),
        hand=at_work(request).known.hand,
        agents=agents.agents(),
        invitations=agents.invitations(),
        now=timezone.now(),
        note=note,
        trouble=trouble,
        asked=asked,
    )
    return render(request, "desk/access.html", {"page": page}, status=status)

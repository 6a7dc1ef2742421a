"""Who may open the desk: agents who came in by ProConnect, each page to those whose role opens it."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mespoints.desk.destinations import door_for
from mespoints.desk.pages.frame import frame
from mespoints.desk.pages.not_yours import not_yours_page
from mespoints.identity.agent_sessions import AgentAtWork, agent_at_work
from mespoints.identity.roles import Role

View = Callable[..., HttpResponse]

OPENS_FOR = "opens_for"
"""Written on each guarded view: a test walks the addresses and refuses one that nothing guards."""

_AT_WORK = "mespoints_at_work"


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Not signed in: to the sign-in page. Signed in under other roles: a page that says which one opens it, and whom to ask."""

    def guard(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, **captured: object) -> HttpResponse:
            found = agent_at_work(request, timezone.now())
            if found is None:
                return redirect(door_for(request.path))
            vars(request)[_AT_WORK] = found
            if found.known.roles.isdisjoint(roles):
                return _not_yours(request, found, roles)
            return view(request, **captured)

        vars(guarded)[OPENS_FOR] = frozenset(roles)
        return guarded

    return guard


def at_work(request: HttpRequest) -> AgentAtWork:
    """Who acts, on a page that ``for_roles`` guards; elsewhere it is a bug, and says so."""
    return cast("AgentAtWork", vars(request)[_AT_WORK])


def operator_id(request: HttpRequest) -> int:
    """The account that acts."""
    return at_work(request).known.account_id


def _not_yours(request: HttpRequest, found: AgentAtWork, roles: tuple[Role, ...]) -> HttpResponse:
    shown = frame("Page réservée", None, roles=found.known.roles, has_invented_data=settings.INVENTED_DATA)
    return render(request, "desk/not_yours.html", {"page": not_yours_page(shown, found.known.roles, roles)}, status=403)

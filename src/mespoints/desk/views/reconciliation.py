"""Balances that differ from those the source states."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mespoints.access_log.trace import Trace, trace
from mespoints.desk.access import for_roles, operator_id
from mespoints.desk.pages.frame import Place
from mespoints.desk.pages.plain import PlainPage
from mespoints.desk.pages.reconciliation import AT_ONCE, difference_page, file_title, reconciliation_page
from mespoints.desk.views.framing import LARGEST_NUMBER, framed
from mespoints.feed.reconciliation import difference, differences, reports, total
from mespoints.identity.roles import Role
from mespoints.register.consultation import ReaderRole
from mespoints.register.records import internal_numbers

REASON = "solde différent de celui de la source"


@require_safe
@for_roles(Role.OPERATOR)
def reconciliation(request: HttpRequest, after: int = 0) -> HttpResponse:
    found = list(differences(after, AT_ONCE + 1)) if after <= LARGEST_NUMBER else []
    by_file = reports([each.sequence for _, each in found if each.sequence is not None])
    page = reconciliation_page(framed(request, "Rapprochement", Place.RECONCILIATION), total(), found, by_file)
    return render(request, "desk/reconciliation.html", {"page": page})


@require_safe
@for_roles(Role.OPERATOR)
def one_difference(request: HttpRequest, number: int) -> HttpResponse:
    """Says whose record it is: the trace comes first, and without it nothing is shown."""
    found = difference(number) if number <= LARGEST_NUMBER else None
    if found is None:
        plain = PlainPage(
            frame=framed(request, "Rapprochement", Place.RECONCILIATION),
            title="Aucun écart ne porte ce numéro",
            told="L’adresse est peut-être incomplète. Reprenez l’écart dans la liste.",
            back=Place.RECONCILIATION,
        )
        return render(request, "desk/plain.html", {"page": plain}, status=404)
    holder_id = internal_numbers([found.file_number]).get(found.file_number)
    if holder_id is not None:
        leave_trace(holder_id, operator_id(request))
    title = f"{file_title(found.sequence)}, ligne {found.line}"
    page = difference_page(framed(request, title, Place.RECONCILIATION), number, found)
    return render(request, "desk/difference.html", {"page": page})


def leave_trace(holder_id: int, account_id: int) -> None:
    trace(Trace(account_id=account_id, role=ReaderRole.AGENT.value, holder_id=holder_id, reason=REASON, at=timezone.now()))

"""The incidents of which people are told: declared, then closed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mespoints.desk.access import for_roles, operator_id
from mespoints.desk.forms import CloseForm, DeclareForm, faults, typed
from mespoints.desk.notes import leave_note, take_note
from mespoints.desk.pages.fields import sentence
from mespoints.desk.pages.frame import Place
from mespoints.desk.pages.incidents import close_page, declare_page, incidents_page
from mespoints.desk.pages.plain import PlainPage
from mespoints.desk.views.framing import LARGEST_NUMBER, UNPROCESSABLE, framed
from mespoints.desk.wording import typeset
from mespoints.identity.roles import Role
from mespoints.register.incidents import IncidentFault, UnknownIncident, close_incident, declare_incident, incident, incidents


@require_safe
@for_roles(Role.OPERATOR)
def all_incidents(request: HttpRequest) -> HttpResponse:
    page = incidents_page(framed(request, "Incidents", Place.INCIDENTS), incidents(), timezone.now(), take_note(request))
    return render(request, "desk/incidents.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.OPERATOR)
def declare(request: HttpRequest) -> HttpResponse:
    form = DeclareForm(request.POST if request.method == "POST" else None)
    errors = faults(form)
    if form.is_bound and not errors:
        try:
            declare_incident(**form.cleaned_data, by=operator_id(request), since=timezone.now())
        except IncidentFault as fault:
            errors = {fault.field: sentence(str(fault))}
        else:
            return told(request, "L’incident est déclaré. L’accueil et l’état des données le disent dès maintenant.")
    page = declare_page(framed(request, "Déclarer un incident", Place.INCIDENTS), typed(form), errors)
    return render(request, "desk/incident_declare.html", {"page": page}, status=UNPROCESSABLE if errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.OPERATOR)
def close(request: HttpRequest, number: int) -> HttpResponse:
    found = incident(number) if number <= LARGEST_NUMBER else None
    if found is None:
        return plain(request, "Aucun incident ne porte ce numéro", "Reprenez l’incident dans la liste.", 404)
    now = timezone.now()
    if not found.is_shown(now):
        return settled(request)
    form = CloseForm(request.POST if request.method == "POST" else None)
    errors = faults(form)
    if form.is_bound and not errors:
        try:
            close_incident(number, last_day=form.cleaned_data["last_day"], by=operator_id(request), at=now)
        except UnknownIncident:
            return settled(request)
        except IncidentFault as fault:
            errors = {fault.field: sentence(str(fault))}
        else:
            return told(request, "L’incident est clos. Il n’est plus affiché.")
    page = close_page(framed(request, "Clore un incident", Place.INCIDENTS), found, typed(form) if form.is_bound else {}, errors)
    return render(request, "desk/incident_close.html", {"page": page}, status=UNPROCESSABLE if errors else 200)


def told(request: HttpRequest, note: str) -> HttpResponse:
    leave_note(request, typeset(note))
    return redirect("desk:incidents")


def settled(request: HttpRequest) -> HttpResponse:
    return plain(request, "Cet incident est déjà clos", "Il n’est plus affiché. Cette demande-ci n’a rien changé.", 409)


def plain(request: HttpRequest, title: str, said: str, status: int) -> HttpResponse:
    page = PlainPage(frame=framed(request, "Incidents", Place.INCIDENTS), title=title, told=said, back=Place.INCIDENTS)
    return render(request, "desk/plain.html", {"page": page}, status=status)

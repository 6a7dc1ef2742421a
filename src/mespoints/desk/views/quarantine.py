"""The rows that wait in quarantine, and what the operator does about them: correct, dismiss, replay."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespoints.desk.access import for_roles, operator_id
from mespoints.desk.notes import leave_note, take_note
from mespoints.desk.pages.fields import sentence
from mespoints.desk.pages.frame import Frame, Place
from mespoints.desk.pages.plain import PlainPage
from mespoints.desk.pages.quarantine import AT_ONCE, quarantine_page
from mespoints.desk.pages.quarantine_row import alike_page, correction_field, reason_field, row_page
from mespoints.desk.quarantine_words import replayed
from mespoints.desk.views.framing import LARGEST_NUMBER, UNPROCESSABLE, framed
from mespoints.desk.wording import counted, typeset
from mespoints.feed import quarantine as acts
from mespoints.feed.quarantine_rows import QuarantinedRow, alike, put_right, row, waiting
from mespoints.feed.rejections import WHAT_TO_DO, RejectionCode
from mespoints.identity.roles import Role
from mespoints.register.registration import DoorBusy


@require_safe
@for_roles(Role.OPERATOR)
def quarantine(request: HttpRequest, after: int = 0) -> HttpResponse:
    rows = list(waiting(after, AT_ONCE + 1)) if after <= LARGEST_NUMBER else []
    page = quarantine_page(
        framed(request, "Quarantaine", Place.QUARANTINE),
        rows,
        list(put_right(AT_ONCE + 1)) if after == 0 else (),
        take_note(request),
    )
    return render(request, "desk/quarantine.html", {"page": page})


@require_safe
@for_roles(Role.OPERATOR)
def one_row(request: HttpRequest, number: int) -> HttpResponse:
    found = kept(number)
    return unknown(request) if found is None else shown(request, found)


@require_POST
@for_roles(Role.OPERATOR)
def correct(request: HttpRequest, number: int) -> HttpResponse:
    found = kept(number)
    if found is None:
        return unknown(request)
    text = request.POST.get("ligne", "").replace("\r\n", "\n")
    try:
        refused = acts.correct(number, text, operator_id(request), timezone.now())
    except acts.UnknownRow:
        return no_longer_waiting(request)
    if refused is not None:
        page = row_page(heading(request, found), found, correction=correction_field(text, refused))
        return render(request, "desk/quarantine_row.html", {"page": page}, status=UNPROCESSABLE)
    return told(request, f"{named(found)} est corrigée. Elle entrera avec le prochain fichier, ou dès que vous rejouez.")


@require_POST
@for_roles(Role.OPERATOR)
def dismiss(request: HttpRequest, number: int) -> HttpResponse:
    found = kept(number)
    if found is None:
        return unknown(request)
    text = request.POST.get("raison", "")
    try:
        acts.dismiss(number, text, operator_id(request), timezone.now())
    except acts.UnknownRow:
        return no_longer_waiting(request)
    except acts.ReasonMissing as fault:
        page = row_page(heading(request, found), found, reason=reason_field(text, sentence(str(fault))))
        return render(request, "desk/quarantine_row.html", {"page": page}, status=UNPROCESSABLE)
    return told(request, f"{named(found)} est écartée : elle n’entrera pas.")


@require_POST
@for_roles(Role.OPERATOR)
def replay(request: HttpRequest) -> HttpResponse:
    """Says what became of the rows put right, or why they must wait."""
    try:
        done = acts.replay(timezone.now())
    except (DoorBusy, acts.MayNotEnter) as hindrance:
        return told(request, sentence(str(hindrance)))
    return told(request, replayed(done))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.OPERATOR)
def dismiss_alike(request: HttpRequest, sequence: int, code: str) -> HttpResponse:
    """All the rows of one file that wait for one reason: how many there are is said first."""
    if code not in set(RejectionCode) or sequence > LARGEST_NUMBER:
        return unknown(request)
    reason = RejectionCode(code)
    field = reason_field()
    if request.method == "POST":
        text = request.POST.get("raison", "")
        try:
            number = acts.dismiss_all(sequence, reason, text, operator_id(request), timezone.now())
        except acts.ReasonMissing as fault:
            field = reason_field(text, sentence(str(fault)))
        else:
            put_away = counted(number, "ligne est écartée", "lignes sont écartées")
            return told(request, f"Fichier n° {sequence}, motif « {code} » : {put_away}.")
    rows = alike(sequence, reason)
    if rows == 0:
        return no_longer_waiting(request)
    field = replace(field, label="Pourquoi elles n’entreront pas")
    page = alike_page(framed(request, "Écarter", Place.QUARANTINE), (sequence, reason, WHAT_TO_DO[reason]), rows, field)
    return render(request, "desk/quarantine_alike.html", {"page": page}, status=UNPROCESSABLE if field.error else 200)


def kept(number: int) -> QuarantinedRow | None:
    return row(number) if number <= LARGEST_NUMBER else None


def heading(request: HttpRequest, found: QuarantinedRow) -> Frame:
    return framed(request, f"Ligne {found.rejection.line} du fichier n° {found.sequence}", Place.QUARANTINE)


def named(found: QuarantinedRow) -> str:
    return f"La ligne {found.rejection.line} du fichier n° {found.sequence}"


def shown(request: HttpRequest, found: QuarantinedRow) -> HttpResponse:
    return render(request, "desk/quarantine_row.html", {"page": row_page(heading(request, found), found)})


def told(request: HttpRequest, note: str) -> HttpResponse:
    leave_note(request, typeset(note))
    return redirect("desk:quarantine")


def unknown(request: HttpRequest) -> HttpResponse:
    page = PlainPage(
        frame=framed(request, "Quarantaine", Place.QUARANTINE),
        title="Aucune ligne ne porte ce numéro",
        told="L’adresse est peut-être incomplète. Reprenez la ligne dans la liste.",
        back=Place.QUARANTINE,
    )
    return render(request, "desk/plain.html", {"page": page}, status=404)


def no_longer_waiting(request: HttpRequest) -> HttpResponse:
    page = PlainPage(
        frame=framed(request, "Quarantaine", Place.QUARANTINE),
        title="Le sort de cette ligne est déjà réglé",
        told="Elle est entrée, ou quelqu’un l’a écartée. Cette demande-ci n’a rien changé.",
        back=Place.QUARANTINE,
    )
    return render(request, "desk/plain.html", {"page": page}, status=409)

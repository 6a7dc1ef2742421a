"""Something to say on the next page, once: after an act the browser is sent elsewhere, so that reloading repeats nothing."""

from django.http import HttpRequest

_NOTE = "desk_note"


def leave_note(request: HttpRequest, note: str) -> None:
    """Figures and places, never a person: the session is kept in a table."""
    request.session[_NOTE] = note


def take_note(request: HttpRequest) -> str:
    """Empty when there is nothing to say; without a session no statement is made."""
    return str(request.session.pop(_NOTE)) if _NOTE in request.session else ""

"""Ends a session that was left open, or that has lasted long enough; says why on the page that follows."""

from collections.abc import Callable
from typing import assert_never

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mespoints.identity import sessions
from mespoints.identity.sessions import Ending

Answer = Callable[[HttpRequest], HttpResponse]


def session_limits(next_answer: Answer) -> Answer:
    """Django middleware. Reads the session only, which every page of a person reads anyway; writes at most once a minute."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.session.session_key is not None:
            now = timezone.now()
            ended = sessions.ending(request.session, now)
            if ended is None:
                sessions.note_activity(request.session, now)
            else:
                request.session.flush()
                sessions.leave_note(request, _said(ended))
        return next_answer(request)

    return answer


def _said(ending: Ending) -> str:
    match ending:
        case Ending.IDLE:
            return (
                "Vous étiez parti depuis un quart d’heure : par sécurité, nous avons fermé votre session."
                " Votre dossier n’a pas bougé, reconnectez-vous pour continuer."
            )
        case Ending.TOTAL:
            return (
                "Votre session durait depuis huit heures : par sécurité, nous l’avons fermée."
                " Votre dossier n’a pas bougé, reconnectez-vous pour continuer."
            )
        case _:
            assert_never(ending)

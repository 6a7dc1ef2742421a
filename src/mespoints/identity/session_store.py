"""Django's sessions in the database, which end by themselves: the engine named in the settings.

Here and not in a middleware, so that what reads no session (the open API, the watcher) costs no statement. Django calls
without a moment, so the clock is read here.
"""

from typing import Any, assert_never

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from mespoints.identity.sessions import Ending, ending, note_activity, note_of


class SessionStore(DatabaseStore):
    def load(self) -> dict[str, Any]:
        """A session that is over is erased, and a new one begins, which says why on the page that follows."""
        held: dict[str, Any] = super().load()
        now = timezone.now()
        ended = ending(held, now)
        if ended is None:
            self.modified = note_activity(held, now) or self.modified
            return held
        self.delete(self.session_key)
        self._session_key = None
        self.modified = True
        return note_of(said(ended))


def said(ended: Ending) -> str:
    match ended:
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
            assert_never(ended)

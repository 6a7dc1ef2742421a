"""Who the session's person is. The doors themselves (FranceConnect today) call ``sessions.open_session``."""

from django.contrib.auth.backends import BaseBackend

from mespoints.identity.models import Account


class AccountBackend(BaseBackend):
    """Loads the account, its current link and the holder in one statement. Signs nobody in by itself: no password door here."""

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.linked(user_id)

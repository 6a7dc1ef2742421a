"""Who the session's person is. The doors call ``sessions.open_session`` (a provider) or allauth (e-mail and password)."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from mespoints.identity.models import Account


class AccountBackend(BaseBackend):
    """Loads the account, its current link and the holder in one statement. Signs nobody in by itself: no password door here."""

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.linked(user_id)


class PasswordBackend(AuthenticationBackend):
    """allauth's: looks an address up among those that were proved, and works as hard when there is none."""

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.linked(user_id)

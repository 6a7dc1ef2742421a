"""How accounts are found: always with the current link and its holder, in one statement."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import FilteredRelation, Q

if TYPE_CHECKING:
    from mespoints.identity.models import Account


class AccountManager(BaseUserManager["Account"]):
    def linked(self, account_id: int) -> "Account | None":
        """The active account with ``current_link`` set (``None`` without one), holder included.

        One SQL statement: it runs on every page of a signed-in driver.
        """
        current = FilteredRelation("links", condition=Q(links__until__isnull=True))
        # The Django plugin does not know that a filtered relation can be selected, nor that the class announces it.
        account = (
            self.filter(pk=account_id, is_active=True)
            .annotate(current_link=current)  # type: ignore[no-redef]
            .select_related("current_link__holder")  # type: ignore[misc]
            .first()
        )
        # Django sets nothing where the outer join found nothing.
        if account is not None and "current_link" not in vars(account):
            account.current_link = None
        return account

    def open_without_password(self, *, email: str | None, now: datetime) -> "Account":
        """A new account whose only door is an identity provider."""
        account = self.model(email=email, opened_at=now)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

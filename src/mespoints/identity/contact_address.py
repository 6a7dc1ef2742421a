"""Where to write to whoever has an account."""

from allauth.account.models import EmailAddress

from mespoints.identity.models import Account


def contact_address(account_id: int) -> str | None:
    """The address that was proved here, else the one that the identity provider gave; None when there is none."""
    proved = EmailAddress.objects.filter(user_id=account_id, verified=True).order_by("-primary", "id").first()
    if proved is not None:
        return str(proved.email)
    return Account.objects.filter(pk=account_id, is_active=True).values_list("email", flat=True).first()

"""Accounts that somebody began to open and whose address was never proved."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from mespoints.identity.models import Account

KEPT = timedelta(days=1)
"""A code lives a quarter of an hour; a day leaves room for several tries."""


@transaction.atomic
def forget_unfinished(now: datetime) -> None:
    """Their address is free again, their password is gone; an empty, closed account remains, which nobody can find."""
    proved = EmailAddress.objects.filter(verified=True).values("user_id")
    begun = EmailAddress.objects.filter(verified=False, user__opened_at__lt=now - KEPT, user__last_login__isnull=True)
    unfinished = list(begun.exclude(user_id__in=proved).values_list("user_id", flat=True))
    if unfinished:
        EmailAddress.objects.filter(user_id__in=unfinished).delete()
        Account.objects.filter(pk__in=unfinished).update(is_active=False, password=UNUSABLE_PASSWORD_PREFIX)

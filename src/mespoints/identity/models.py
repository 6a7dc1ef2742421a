"""Accounts, what ties them to a holder, and the sign-ins under way."""

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q

from mespoints.identity.accounts import AccountManager
from mespoints.identity.agent_tables import Agent, Invitation, InvitationStep  # noqa: F401 - Django looks for tables here
from mespoints.identity.linking_tables import Dispute, LinkingAttempt, LinkingReview  # noqa: F401 - Django looks here
from mespoints.identity.words import Provider, Purpose


def new_public_id() -> str:
    return secrets.token_urlsafe(16)


class Account(AbstractBaseUser):
    """Someone who may sign in. No name is kept: the register knows it, and only the register."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    # A contact address, never a key: couples share one, and one person has several.
    email = models.EmailField(null=True, blank=True, default=None)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    USERNAME_FIELD = "public_id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    current_link: "Link | None"
    """Set by ``objects.linked`` only: reading it on an account found otherwise is a bug, and says so."""

    def __str__(self) -> str:
        return self.public_id


class Link(models.Model):
    """An account is that holder's, by that provider's word, from ``since`` to ``until`` (excluded; ``None`` while it lasts).

    ``subject`` is the provider's name for the person. It is made from the pivot identity, so a civil-status
    correction changes it: the former link is then ended and kept, never rewritten.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="links")
    provider = models.CharField(max_length=32, choices=Provider.choices)
    subject = models.CharField(max_length=255)
    holder = models.ForeignKey("register.Holder", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "subject"], condition=Q(until__isnull=True), name="one_current_link_per_subject"
            ),
            models.UniqueConstraint(fields=["account"], condition=Q(until__isnull=True), name="one_current_link_per_account"),
            models.UniqueConstraint(
                fields=["provider", "holder"], condition=Q(until__isnull=True), name="one_current_link_per_holder_and_provider"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="link_ends_after_it_began"),
        ]


class SignInAttempt(models.Model):
    """One round trip to the provider: good once, for ten minutes, for the browser that began it.

    Only digests are kept, so that reading the table gives nobody a state to use.
    """

    state_digest = models.CharField(max_length=64, unique=True)
    nonce_digest = models.CharField(max_length=64)
    browser_digest = models.CharField(max_length=64)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    provider = models.CharField(max_length=32, choices=Provider.choices)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    consumed_at = models.DateTimeField(null=True, default=None)
    destination = models.CharField(max_length=32, default="")
    """The page that was asked for, by a word of a closed list (``destinations.py``); empty: the usual one."""


class LicenceClaim(models.Model):
    """What an account last typed to be tied to a record, until the courier has looked; then only what is left to do.

    The pages write it and never look at the register: what they answer cannot depend on what is there.
    """

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="+")
    asked_at = models.DateTimeField()
    proof = models.BigIntegerField()
    """``messages.contact_proof.ProofNumber``."""
    file_number = models.CharField(max_length=19, null=True, default=None)
    birth_name = models.TextField(null=True, default=None)
    birth_date = models.CharField(max_length=10, null=True, default=None)
    """As typed, like the two above; all three are erased as soon as they have been compared."""
    holder = models.ForeignKey("register.Holder", on_delete=models.PROTECT, null=True, default=None, related_name="+")
    """The record they led to; None when they led nowhere. No page reads it."""
    awaits_code = models.BooleanField()
    awaits_notice = models.BooleanField(default=False)
    """The account was tied: the channel on file is to be told."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"], condition=Q(awaits_code=True) | Q(awaits_notice=True), name="identity_claims_that_wait"
            ),
        ]

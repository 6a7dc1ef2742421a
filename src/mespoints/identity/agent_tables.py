"""The allow-list of agents. Append-only, but for names: triggers refuse UPDATE, DELETE and TRUNCATE (migrations 0004, 0007)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from mespoints.identity.invitations import LONGEST_EMAIL, Step
from mespoints.identity.roles import Role


class Agent(models.Model):
    """The account of somebody who works here, bound at the first sign-in to who ProConnect says this is.

    Never a holder's account: triggers refuse it (migration 0004). Its account keeps no e-mail, so that no door for drivers
    can find it by one.
    """

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="+")
    idp_id = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    """ProConnect's name for the person; it is the identity provider's, so the two go together."""
    email = models.CharField(max_length=LONGEST_EMAIL)
    """In the form of ``email_key``, as stated at the first sign-in."""
    given_name = models.TextField()
    usual_name = models.TextField()
    """Both as stated at the last sign-in: people marry, and mistakes are corrected."""
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["idp_id", "subject"], name="identity_agent_once")]


class Invitation(models.Model):
    """One person, named by an e-mail, for one role. What it is worth is in its steps."""

    id = models.BigAutoField(primary_key=True)
    email = models.CharField(max_length=LONGEST_EMAIL, db_index=True)
    role = models.CharField(max_length=16, choices=Role.choices)
    expires_at = models.DateTimeField()


class InvitationStep(models.Model):
    """Who took a step, and when. Each step once, and no account two of the first three: the four eyes, said to PostgreSQL too."""

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the invitation.
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="steps", db_index=False)
    step = models.CharField(max_length=16, choices=Step.choices)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    console = models.TextField(null=True)
    """The signature of whoever was at the command line."""
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitation", "step"], name="identity_step_once"),
            models.UniqueConstraint(
                fields=["invitation", "account"], condition=~Q(step=Step.REVOKED), name="identity_step_four_eyes"
            ),
            models.UniqueConstraint(
                fields=["invitation", "console"], condition=~Q(step=Step.REVOKED), name="identity_step_four_eyes_console"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(console__isnull=True), name="identity_step_signed_by_one"
            ),
        ]

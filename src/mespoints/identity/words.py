"""The closed lists of this package, as they stand in the tables."""

from django.db.models import TextChoices


class Provider(TextChoices):
    """Who vouches for an identity."""

    FRANCECONNECT = "franceconnect"
    LICENCE_NUMBER = "licence_number"
    """The administration's own channel: whoever reads the code sent there. Level: medium."""


class Purpose(TextChoices):
    """Why the browser was sent to a provider."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"


class Level(TextChoices):
    """How sure the service is of who signed in."""

    HIGH = "high"
    """FranceConnect: somebody checked an identity before."""
    MEDIUM = "medium"
    """E-mail and password, linked to a record by a code sent to the channel on file."""


class Word(TextChoices):
    """What is told once, on the next page of the account, after something was done."""

    EMAIL_CONFIRMED = "email_confirmed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 – a word, not a password
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    OTHERS_CLOSED = "others_closed"
    TOO_MANY_TRIES = "too_many_tries"
    TOO_MANY_MESSAGES = "too_many_messages"
    PASSKEY_REFUSED = "passkey_refused"

"""The closed lists of this package, as they stand in the tables."""

from django.db.models import TextChoices


class Provider(TextChoices):
    """Who vouches for an identity. The label is the name people know it by."""

    FRANCECONNECT = "franceconnect", "FranceConnect"
    FRANCECONNECT_PLUS = "franceconnect_plus", "FranceConnect+"
    PROCONNECT = "proconnect", "ProConnect"
    LICENCE_NUMBER = "licence_number", "Numéro de dossier"
    """The administration's own channel: whoever reads the code sent there. Level: medium."""

    @property
    def letters(self) -> str:
        """What the codes of its failures begin with."""
        return {
            Provider.FRANCECONNECT: "FC",
            Provider.FRANCECONNECT_PLUS: "FCP",
            Provider.PROCONNECT: "PC",
            Provider.LICENCE_NUMBER: "LN",
        }[self]

    @property
    def is_for_agents(self) -> bool:
        return self is Provider.PROCONNECT


class Purpose(TextChoices):
    """Why the browser was sent to a provider."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    AGENT_SIGN_IN = "agent_sign_in"
    AGENT_SIGN_OUT = "agent_sign_out"


class ReviewState(TextChoices):
    """Where a doubtful link stands."""

    WAITING = "waiting"
    LINKED = "linked"
    REFUSED = "refused"


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

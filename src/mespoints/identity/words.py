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

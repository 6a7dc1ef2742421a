"""The closed lists of this package, as they stand in the tables."""

from django.db.models import TextChoices


class Provider(TextChoices):
    """Who vouches for an identity."""

    FRANCECONNECT = "franceconnect"


class Purpose(TextChoices):
    """Why the browser was sent to a provider."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"


class ReviewState(TextChoices):
    """Where a doubtful link stands."""

    WAITING = "waiting"
    LINKED = "linked"
    REFUSED = "refused"

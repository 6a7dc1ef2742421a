"""The closed lists of this package, as they stand in the tables."""

from django.db.models import TextChoices


class Provider(TextChoices):
    """Who vouches for an identity. The label is the name people know it by."""

    FRANCECONNECT = "franceconnect", "FranceConnect"
    FRANCECONNECT_PLUS = "franceconnect_plus", "FranceConnect+"
    PROCONNECT = "proconnect", "ProConnect"

    @property
    def letters(self) -> str:
        """What the codes of its failures begin with."""
        return {Provider.FRANCECONNECT: "FC", Provider.FRANCECONNECT_PLUS: "FCP", Provider.PROCONNECT: "PC"}[self]

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

"""What an agent may be here. Written by us, on invitation: neither ProConnect's own roles nor a SIRET opens anything."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Role(TextChoices):
    """The label is what people read."""

    OPERATOR = "operator", "exploitant"
    """Runs the register: files, quarantine, incidents."""
    SUPERVISOR = "supervisor", "superviseur"
    AGENT = "agent", "agent"
    """Answers drivers (agent habilité)."""
    MEDIATOR = "mediator", "médiateur"


MAY_GRANT: Mapping[Role, frozenset[Role]] = {
    Role.OPERATOR: frozenset(Role),
    # The machines are not theirs to open.
    Role.SUPERVISOR: frozenset({Role.SUPERVISOR, Role.AGENT, Role.MEDIATOR}),
    Role.AGENT: frozenset(),
    Role.MEDIATOR: frozenset(),
}
"""Which roles a role may invite to, approve and revoke."""


def grantable(roles: frozenset[Role]) -> frozenset[Role]:
    return frozenset().union(*(MAY_GRANT[role] for role in roles))


def granters(role: Role) -> tuple[Role, ...]:
    """Whom to ask for it."""
    return tuple(each for each in Role if role in MAY_GRANT[each])

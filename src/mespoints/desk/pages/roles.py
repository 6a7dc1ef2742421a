"""Roles in sentences."""

from collections.abc import Collection

from mespoints.identity.roles import Role

WORK = {
    Role.OPERATOR: "fait tourner le registre : nuits, quarantaine, incidents",
    Role.SUPERVISOR: "donne et retire les accès, voit qui a fait quoi",
    Role.AGENT: "répond aux conducteurs",
    Role.MEDIATOR: "examine les désaccords",
}


def named(roles: Collection[Role], link: str = "et") -> str:
    """« exploitant », « exploitant et médiateur », in the order of the list of roles."""
    labels = [role.label for role in Role if role in roles]
    return f" {link} ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)

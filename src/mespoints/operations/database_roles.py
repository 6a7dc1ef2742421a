"""The group roles of the database and their rights (database_roles.sql)."""

from importlib.resources import files

from django.db import connection, transaction
from django.db.utils import ProgrammingError

_ROLES = files("mespoints.operations").joinpath("database_roles.sql")


class RolesRefused(RuntimeError):
    """The account may not make the roles: nothing was granted."""


def grant_roles() -> None:
    """All or nothing; to be run again after each migration. Raises ``RolesRefused``."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ROLES.read_text(encoding="utf-8"))
    except ProgrammingError as error:
        raise RolesRefused(
            f"Les rôles de la base n’ont pu être donnés ({str(error).splitlines()[0]}) : "
            "lancez database_roles.sql avec un compte qui peut créer des rôles, voir docs/operations-roles.md."
        ) from error

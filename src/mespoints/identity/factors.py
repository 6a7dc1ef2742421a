"""The second factors of an account, as its owner sees them. The tables are allauth's."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from mespoints.identity.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    passkeys: tuple[Passkey, ...]
    application_since: datetime | None
    """The application of codes (TOTP), when there is one."""
    recovery_codes_left: int

    @property
    def are_any(self) -> bool:
        """Recovery codes alone protect nothing: they go with the last factor."""
        return bool(self.passkeys) or self.application_since is not None


def factors(account: Account) -> Factors:
    passkeys: list[Passkey] = []
    application_since, codes_left = None, 0
    for each in Authenticator.objects.filter(user_id=account.pk).order_by("created_at", "pk"):
        match each.type:
            case Authenticator.Type.WEBAUTHN:
                name = each.wrap().name
                passkeys.append(Passkey(id=each.pk, name=name, added_at=each.created_at, used_at=each.last_used_at))
            case Authenticator.Type.TOTP:
                application_since = each.created_at
            case Authenticator.Type.RECOVERY_CODES:
                codes_left = len(each.wrap().get_unused_codes())
    return Factors(passkeys=tuple(passkeys), application_since=application_since, recovery_codes_left=codes_left)


def has_second_factor(account: Account) -> bool:
    """One statement. Recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=account.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def address(account: Account) -> str | None:
    """The proved address of an account with a password: what it signs in with. ``None`` for the others."""
    proved = EmailAddress.objects.get_verified(account)
    return proved.email if proved is not None else None

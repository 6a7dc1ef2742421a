"""How often a password, a code or a message may be tried: for one account, for the network it comes from, and in all.

Figures are generous to people and far below what guessing needs: ten tries a quarter of an hour at a password of twelve
characters, five at a code of eight digits (counted with the code itself), five messages an hour to one address.

The network is counted first: what it is refused spends nothing of an account's share, nor of everybody's.
"""

from datetime import datetime, timedelta

from mespoints.rate_limits.limits import Limit, Spending, first_exceeded, spend

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)

PASSWORD_OF_ACCOUNT = Limit(name="identity.password.account", at_most=10, within=QUARTER)
PASSWORD_FROM_RANGE = Limit(name="identity.password.range", at_most=100, within=QUARTER)
PASSWORD_IN_ALL = Limit(name="identity.password.all", at_most=20_000, within=QUARTER)
FACTOR_OF_ACCOUNT = Limit(name="identity.factor.account", at_most=10, within=QUARTER)
MESSAGE_TO_ADDRESS = Limit(name="identity.message.address", at_most=5, within=HOUR)
MESSAGE_FROM_RANGE = Limit(name="identity.message.range", at_most=60, within=HOUR)
MESSAGE_IN_ALL = Limit(name="identity.message.all", at_most=20_000, within=HOUR)
CODE_OF_MESSAGE = Limit(name="identity.message.code", at_most=5, within=DAY)
# A code is good once. Two windows of a day whose edges never meet: what is used twice in ninety seconds is in one of them.
_FIRST_USE = Limit(name="identity.factor.code", at_most=1, within=DAY)
_FIRST_USE_AT_NOON = Limit(name="identity.factor.code.noon", at_most=1, within=DAY)
_HALF_A_DAY = timedelta(hours=12)

EVERYBODY = ""


def may_try_password(email: str, network: str, now: datetime) -> bool:
    """Counted whether the address is known or not."""
    exceeded = first_exceeded(
        (
            Spending(limit=PASSWORD_FROM_RANGE, key=network),
            Spending(limit=PASSWORD_OF_ACCOUNT, key=email.lower()),
            Spending(limit=PASSWORD_IN_ALL, key=EVERYBODY),
        ),
        now,
    )
    return exceeded is None


def may_try_factor(account_id: int, now: datetime) -> bool:
    return spend(FACTOR_OF_ACCOUNT, str(account_id), now)


def may_send_message(email: str, network: str, now: datetime) -> bool:
    """A code, or the word that there is no account: counted alike."""
    exceeded = first_exceeded(
        (
            Spending(limit=MESSAGE_FROM_RANGE, key=network),
            Spending(limit=MESSAGE_TO_ADDRESS, key=email.lower()),
            Spending(limit=MESSAGE_IN_ALL, key=EVERYBODY),
        ),
        now,
    )
    return exceeded is None


def may_try_code(key: str, now: datetime) -> bool:
    """A code sent by e-mail. allauth counts tries in the session, where a hundred made at once are counted as one."""
    return spend(CODE_OF_MESSAGE, key, now)


def is_first_use(account_id: int, code: str, now: datetime) -> bool:
    """Of a code of an authenticator application, whichever process checks it."""
    key = f"{account_id} {code}"
    return spend(_FIRST_USE, key, now) and spend(_FIRST_USE_AT_NOON, key, now + _HALF_A_DAY)

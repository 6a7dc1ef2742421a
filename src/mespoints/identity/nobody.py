"""The look-ups that a person would have cost, made where there is nobody: a page may be asked a thousand times and its time
averaged, until one statement more or less tells whether an address is known.
"""

from mespoints.identity.models import Account

NOBODY = 0


def look_up_nobody(times: int) -> None:
    for _ in range(times):
        Account.objects.filter(pk=NOBODY).first()

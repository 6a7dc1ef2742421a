"""The stage of the licence-number door: invented holders in the register, accounts with a password, a mailbox."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from mespoints.identity.claim_courier import Round, settle_claims
from mespoints.identity.licence_claim import Claim
from mespoints.identity.licence_number import Applicant, ask
from mespoints.identity.models import Account
from mespoints.messages.outbox import deliver_pending
from mespoints.messages.parcel import Parcel
from mespoints.register.arrivals import Arrival, ContactArrival, ContactKind, LicenceStateArrival
from mespoints.register.file_number import FileNumber
from mespoints.register.licence_state import LicenceState
from tests.messages.test_outbox import PaperChannel
from tests.register.entering import enter, holder

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NUMBER, SILENT_NUMBER, DEAD_NUMBER, NOBODYS_NUMBER = "240999200031", "240999200032", "240999200033", "240999200098"
ON_FILE = "lea@example.org"
HOME = "203.0.113.7"
SINCE = date(2026, 1, 5)
BORN: dict[str, Any] = {"birth_year": 2005, "birth_month": 2, "birth_day": 21}


CHANNELS = {
    NUMBER: {ContactKind.EMAIL: ON_FILE, ContactKind.POSTAL: "1 rue des Fictions"},
    SILENT_NUMBER: {ContactKind.MOBILE: "+33600000000"},
    DEAD_NUMBER: {ContactKind.EMAIL: "dead@example.org"},
}


def enter_holders() -> None:
    """All three have the same name and birth date; the third has died."""
    rows: list[Arrival] = []
    for number, channels in CHANNELS.items():
        rows.append(holder(len(rows) + 1, file_number=number, birth_name="D’Œuvre-Lefèvre", **BORN))
        for kind, address in channels.items():
            rows.append(ContactArrival(line=len(rows) + 1, file_number=number, kind=kind, address=address, since=SINCE))
    state = LicenceStateArrival(line=len(rows) + 1, file_number=DEAD_NUMBER, state=LicenceState.DECEASED, since=SINCE)
    enter(1, [*rows, state])


def password_account(email: str = "typed@example.org") -> Account:
    # Not a digest of anything: what matters here is that there is one.
    return Account.objects.create(email=email, opened_at=NOW, password="digest of tests")


def applicant(account: Account, address: str = HOME) -> Applicant:
    return Applicant(account=account, address=address)


def claim(number: str = NUMBER, name: str = "d'oeuvre lefevre", born: str = "2005-02-21") -> Claim:
    return Claim(file_number=FileNumber.parse(number), birth_name=name, birth_date=born)


def courier(now: datetime = NOW) -> tuple[Round, list[Parcel]]:
    """One pass of « mespoints deliver »."""
    done, channel = settle_claims(now), PaperChannel()
    deliver_pending(channel, now)
    return done, channel.sent


def code_in(parcels: list[Parcel]) -> str:
    (parcel,) = parcels
    found = re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", parcel.body, re.MULTILINE)
    assert found, parcel.subject
    return found[1]


def code_for(account: Account, number: str = NUMBER, now: datetime = NOW) -> str:
    ask(applicant(account), claim(number), now)
    return code_in(courier(now)[1])


def every_row_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(string_agg(t::text, chr(10)), '') from \"{table}\" t")  # noqa: S608 - our tables
        return str(cursor.fetchone()[0])

"""What the demonstration finds in its database: the tables, and the files of the day, entered by a real night."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from mespoints.desk.night_report import FileOutcome
from mespoints.identity.agents import approve, invite
from mespoints.identity.invitations import AlreadyInvited, AtConsole
from mespoints.identity.roles import Role
from mespoints.operations import nightly_chain
from mespoints.operations.demo import daily_file
from mespoints.operations.demo.agents import demo_agents
from mespoints.operations.demo.credentials import feed_signer
from mespoints.operations.night import NightStopped
from mespoints.operations.outgoing import mail
from mespoints.operations.progress import Silent
from mespoints.register.registration import last_batch

FIRST = AtConsole(name="Anne Ouverture", machine_account="démonstration")
SECOND = AtConsole(name="Basile Relecture", machine_account="démonstration")


def prepare_site() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def enter_daily_file(folder: Path, now: datetime) -> str | None:
    """Once a day, a night. A sentence when it stopped, or when the file that should enter stays out; ``None`` otherwise."""
    today = timezone.localdate(now)
    last = last_batch()
    if last is not None and last.head.data_day >= today:
        return None
    sequence = (last.head.sequence or 0) + 1 if last is not None else daily_file.FIRST_SEQUENCE
    signer = feed_signer(folder)
    drop_folder = folder / "drop"
    daily_file.write(drop_folder, today, signer, sequence)
    try:
        report = nightly_chain.run(
            now=now,
            drop_folder=drop_folder,
            keys=signer.trusted,
            channel=mail(settings.SMTP_URL, settings.BASE_URL),
            progress=Silent(),
        )
    except NightStopped as stopped:
        return str(stopped)
    awaited = next((file for file in report.files if file.sequence == sequence), None)
    if awaited is None or awaited.outcome is not FileOutcome.ENTERED:
        return (awaited.sentence if awaited else None) or "Le fichier du jour n’est pas arrivé."
    return f"{awaited.rows_refused} lignes sur {awaited.rows_read} n’ont pas été admises." if awaited.rows_refused else None


def invite_agents(now: datetime) -> None:
    """By two people, as everywhere. On each start: an invitation that nobody used has its time; one still good is left alone."""
    for each in demo_agents():
        for role in each.invited_as:
            try:
                number = invite(FIRST, each.email, Role(role), now)
            except AlreadyInvited:
                continue
            if each.is_approved:
                approve(SECOND, number, now)

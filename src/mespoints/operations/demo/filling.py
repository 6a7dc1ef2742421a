"""What the demonstration finds in its database: the tables, and the file of the day, entered by the real feed."""

from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from mespoints.feed.import_ import ImportOutcome, import_file
from mespoints.operations.demo import daily_file
from mespoints.operations.demo.credentials import feed_signer
from mespoints.register.registration import last_batch


def prepare_site() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def enter_daily_file(folder: Path, now: datetime) -> str | None:
    """Once a day. The sentence of the refusal when the feed refuses the file; ``None`` when all is well."""
    today = timezone.localdate(now)
    last = last_batch()
    if last is not None and last.head.data_day >= today:
        return None
    sequence = (last.head.sequence or 0) + 1 if last is not None else daily_file.FIRST_SEQUENCE
    signer = feed_signer(folder)
    drop = daily_file.write(folder, today, signer, sequence)
    report = import_file(drop.data_path, drop.manifest_path, now, signer.trusted)
    if report.refusal is not None:
        return report.refusal.sentence
    if report.outcome is not ImportOutcome.ENTERED or report.rows_refused:
        return f"{report.rows_refused} lignes sur {report.rows_read} n’ont pas été admises."
    return None

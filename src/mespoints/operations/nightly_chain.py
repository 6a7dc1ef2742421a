"""The night, from the drop folder to the report. Reading ``run`` is reading the system.

Run twice, killed anywhere and run again, it ends in the same state: a file enters once, a situation is computed from the
entries alone, a message has one row in the outbox.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from mespoints.access_log.segments import seal
from mespoints.desk.night_report import FileOutcome, NightFile, NightReport, NightStep
from mespoints.documents.life import erase_ended
from mespoints.documents.share import erase_ended_shares
from mespoints.feed import quarantine
from mespoints.feed.import_ import ImportOutcome, ImportReport, import_file
from mespoints.feed.reconciliation import reconcile
from mespoints.feed.signing import TrustedKeys
from mespoints.identity.claim_courier import settle_claims
from mespoints.messages.channels import Channel
from mespoints.messages.outbox import deliver_pending
from mespoints.operations import anchor_file
from mespoints.operations.alone import alone
from mespoints.operations.drop_folder import Dropped, Dropping, dropped
from mespoints.operations.night import Night
from mespoints.operations.progress import Progress
from mespoints.operations.projection_refresh import Refreshed, refresh
from mespoints.register.anchors import anchor, latest_anchor
from mespoints.register.consultation import recover_traces

MESSAGES_AT_ONCE = 1_000

NO_CHANNEL = "Aucun serveur de messages n’est déclaré (MESPOINTS_SMTP_URL) : les messages attendent."


def run(*, now: datetime, drop_folder: Path, keys: TrustedKeys, channel: Channel | None, progress: Progress) -> NightReport:
    """``now`` (aware) is the moment of reception, and its civil day in Paris the last one whose deadlines are counted.

    Raises ``NightAlreadyRunning``; ``NightStopped`` once the report has said why.
    Alerts and letters will be prepared between the situations and the messages; nothing prepares them yet.
    """
    with alone(), Night.opened(now, progress) as night:
        with night.step(NightStep.RECEIVE):
            received = receive(night, drop_folder, keys)
        with night.step(NightStep.ENTER):
            enter(night, received, keys)
        with night.step(NightStep.ANCHOR):
            anchor_entries(night)
        with night.step(NightStep.REFRESH):
            tell_refreshed(night, refresh(night.today, progress))
        with night.step(NightStep.SEND):
            send(night, channel)
        with night.step(NightStep.RECONCILE):
            set_balances_side_by_side(night)
        with night.step(NightStep.PAPERS):
            night.tell(papers_erased=erase_ended(night.today), shares_erased=erase_ended_shares(now))
        with night.step(NightStep.TRACES):
            recover_traces()
            seal(now)
    return night.report


def receive(night: Night, drop_folder: Path, keys: TrustedKeys) -> Dropping:
    """What the folder holds and the register does not, in sequence."""
    dropping = dropped(drop_folder, keys)
    night.tell(files_known=dropping.known, files=dropping.waiting)
    for sentence in dropping.failures:
        night.tell_failure(sentence)
    return dropping


def enter(night: Night, dropping: Dropping, keys: TrustedKeys) -> None:
    """Each file in its turn. After one that is refused the others wait: none may enter before it."""
    refused: NightFile | None = None
    for file in dropping.files:
        if refused is None:
            entered = told(file, enter_one(night, file, keys))
            refused = entered if entered.outcome is FileOutcome.REFUSED else None
        else:
            entered = waiting_for(refused, file)
        night.tell_file(entered)
    back = quarantine.replay(night.now)
    night.tell(rows_back=night.report.rows_back + back.rows_entered)


def enter_one(night: Night, file: Dropped, keys: TrustedKeys) -> ImportReport:
    night.progress.begin(f"Fichier n° {file.sequence}", file.rows)
    report = import_file(file.data_path, file.manifest_path, night.now, keys)
    night.progress.advance(report.rows_read)
    night.progress.end()
    if report.replay is not None:
        night.tell(rows_back=night.report.rows_back + report.replay.rows_entered)
    return report


def told(file: Dropped, report: ImportReport) -> NightFile:
    return NightFile(
        name=file.data_path.name,
        sequence=file.sequence,
        data_day=file.data_day,
        outcome=FileOutcome.REFUSED if report.outcome is ImportOutcome.REFUSED else FileOutcome.ENTERED,
        rows_read=report.rows_read,
        rows_entered=report.rows_entered,
        rows_known=report.rows_known,
        rows_refused=report.rows_refused,
        sentence=report.refusal.sentence if report.refusal else None,
    )


def waiting_for(refused: NightFile, file: Dropped) -> NightFile:
    return NightFile(
        name=file.data_path.name,
        sequence=file.sequence,
        data_day=file.data_day,
        outcome=FileOutcome.WAITING,
        sentence=f"Il attend que le fichier n° {refused.sequence} soit entré.",
    )


def anchor_entries(night: Night) -> None:
    """In the report, in the log and in a file: three places to copy it from."""
    anchor(night.now)
    try:
        anchor_file.complete(Path(settings.DATA_DIR) / anchor_file.NAME)
    except anchor_file.AnchorFileUnreadable as error:
        night.tell_failure(str(error))
    last = latest_anchor()
    if last is not None:
        night.tell(anchor=anchor_file.line_of(last))
        night.progress.note(f'night={night.number} anchor="{night.report.anchor}"')


def tell_refreshed(night: Night, refreshed: Refreshed) -> None:
    night.tell(
        touched=refreshed.work.touched,
        due=refreshed.work.due,
        changed=refreshed.stored.changed,
        first_seen=refreshed.stored.first_seen,
    )
    for each in refreshed.unreadable:
        night.tell_failure(
            f"Dossier interne {each.holder_id}, écriture {each.last_entry} : l’une de ses écritures ne se lit plus, sa situation "
            "n’a pas été recalculée. Lancez « mespoints audit »."
        )


def send(night: Night, channel: Channel | None) -> None:
    """Each message that waits, once; what fails is tried again by the delays of the outbox.

    Requests for a code first: too old for a code, most often, but what was typed in them must not stay.
    """
    settle_claims(night.now)
    if channel is None:
        night.tell_failure(NO_CHANNEL)
        return
    night.progress.begin("Messages")
    while True:
        report = deliver_pending(channel, night.now, MESSAGES_AT_ONCE)
        tried = report.sent + report.postponed + report.abandoned
        night.tell(
            messages_sent=night.report.messages_sent + report.sent,
            messages_postponed=night.report.messages_postponed + report.postponed,
            messages_abandoned=night.report.messages_abandoned + report.abandoned,
        )
        night.progress.advance(tried)
        if tried < MESSAGES_AT_ONCE:
            break
    night.progress.end()


def set_balances_side_by_side(night: Night) -> None:
    """Those the source stated, and ours. Neither is changed."""
    done = reconcile(night.now)
    night.tell(balances_compared=done.compared, balances_differing=done.differing, balances_unknown=done.unknown_holder)

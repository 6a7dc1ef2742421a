"""What runs at its hour, by the worker (``mespoints worker``): procrastinate keeps the calendar in the database.

Several workers may run: each hour is given to one of them, and two nights never run together anyway.
"""

import logging
from datetime import UTC, datetime

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from mespoints.feed.signing import trusted_keys
from mespoints.operations.alone import NightAlreadyRunning
from mespoints.operations.nightly_chain import run
from mespoints.operations.outgoing import mail
from mespoints.operations.progress import Log

logger = logging.getLogger(__name__)

NIGHTLY = "0 3 * * *"
"""In universal time: four in the morning in Paris in winter, five in summer."""


class NoDropFolder(Exception):
    """One sentence, with the remedy."""


@app.periodic(cron=NIGHTLY)
@app.task(name="night", queueing_lock="night", retry=RetryStrategy(max_attempts=4, wait=900))
def night(timestamp: int) -> None:  # noqa: ARG001 – the hour it was planned for; the clock says when it really begins
    if settings.DROP_FOLDER is None:
        raise NoDropFolder("MESPOINTS_DROP_FOLDER manque : dites où la source dépose ses fichiers.")
    try:
        run(
            now=datetime.now(UTC),
            drop_folder=settings.DROP_FOLDER,
            keys=trusted_keys(settings.FEED_KEYS),
            channel=mail(settings.SMTP_URL, settings.BASE_URL),
            progress=Log(),
        )
    except NightAlreadyRunning:
        logger.warning('task="night" event="another night is running"')

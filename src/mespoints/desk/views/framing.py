"""The frame of a guarded page, from who is at work and the settings, and what every view answers alike."""

from django.conf import settings
from django.http import HttpRequest

from mespoints.desk.access import at_work
from mespoints.desk.pages.frame import Frame, Place, frame

LARGEST_NUMBER = 2**63 - 1
"""Of anything kept in a table: an address may carry more, and then names nothing."""

UNPROCESSABLE = 422
"""The status of a form that comes back with what is wrong in it."""


def framed(request: HttpRequest, title: str, here: Place) -> Frame:
    return frame(title, here, roles=at_work(request).known.roles, has_invented_data=settings.INVENTED_DATA)

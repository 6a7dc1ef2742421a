"""The frame of a guarded page, from who is at work and the settings."""

from django.conf import settings
from django.http import HttpRequest

from mespoints.desk.access import at_work
from mespoints.desk.pages.frame import Frame, Place, frame


def framed(request: HttpRequest, title: str, here: Place) -> Frame:
    return frame(title, here, roles=at_work(request).known.roles, has_invented_data=settings.INVENTED_DATA)

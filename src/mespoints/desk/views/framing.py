"""The frame of a page, from the settings, and what every view answers alike."""

from django.conf import settings

from mespoints.desk.pages.frame import Frame, Place, frame

LARGEST_NUMBER = 2**63 - 1
"""Of anything kept in a table: an address may carry more, and then names nothing."""

UNPROCESSABLE = 422
"""The status of a form that comes back with what is wrong in it."""


def framed(title: str, here: Place) -> Frame:
    return frame(title, here, has_invented_data=settings.INVENTED_DATA)

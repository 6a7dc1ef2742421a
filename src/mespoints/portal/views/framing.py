"""The frame of a page, from the request and the settings."""

from django.conf import settings
from django.http import HttpRequest

from mespoints.portal.pages.frame import Frame, Place, frame


def frame_of(request: HttpRequest, title: str, here: Place | None = None) -> Frame:
    return frame(title, here=here, is_signed_in=request.user.is_authenticated, has_invented_data=settings.INVENTED_DATA)

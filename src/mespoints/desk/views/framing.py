from django.conf import settings

from mespoints.desk.pages.frame import Frame, Place, frame


def framed(title: str, here: Place) -> Frame:
    return frame(title, here, has_invented_data=settings.INVENTED_DATA)

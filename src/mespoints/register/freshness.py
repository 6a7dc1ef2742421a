"""How fresh the register is, without looking at anybody's record."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mespoints.register.models import Batch

PARIS = ZoneInfo("Europe/Paris")


def data_as_of() -> datetime | None:
    """The last moment of the day described by the latest file; None in an empty register."""
    day = Batch.objects.order_by("-sequence").values_list("data_day", flat=True).first()
    return end_of_day(day) if day else None


def end_of_day(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), PARIS)

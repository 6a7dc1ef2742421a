"""How fresh the register is, without looking at anybody's record."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from mespoints.register.models import Batch

PARIS = ZoneInfo("Europe/Paris")


def data_as_of() -> datetime | None:
    """The last moment that the latest file can describe; None in an empty register."""
    latest = Batch.objects.filter(sequence__isnull=False).order_by("-sequence").values_list("data_day", "received_at").first()
    return fresh_until(*latest) if latest else None


def fresh_until(data_day: date, received_at: datetime) -> datetime:
    """The end of the day described, or the moment of arrival when the file came before that day was over."""
    return min(end_of_day(data_day), received_at)


def end_of_day(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), PARIS)

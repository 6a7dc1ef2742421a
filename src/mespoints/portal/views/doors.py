"""Which doors this installation has, from its settings."""

from django.conf import settings

from mespoints.portal.pages.doors import Door, doors


def open_doors() -> tuple[Door, ...]:
    return doors(
        has_franceconnect=settings.FRANCECONNECT is not None,
        has_franceconnect_plus=settings.FRANCECONNECT_PLUS is not None,
        has_messages=settings.SMTP_URL is not None,
    )

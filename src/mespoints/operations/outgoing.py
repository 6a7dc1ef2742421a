"""By where messages leave, from what the machine declares."""

from urllib.parse import urlsplit

from mespoints.messages.channels import SmtpChannel


def mail(smtp_url: str | None, base_url: str) -> SmtpChannel | None:
    """None when no server is declared. Raises ``UnusableSmtpAddress``."""
    return SmtpChannel.at(smtp_url, sender(base_url)) if smtp_url is not None else None


def sender(base_url: str) -> str:
    """Nobody reads the answers, and the message says so."""
    return f"Mes points permis <ne-pas-repondre@{urlsplit(base_url).hostname}>"

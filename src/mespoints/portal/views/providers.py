"""The identity providers of drivers that this installation is registered with."""

from django.conf import settings
from django.urls import reverse

from mespoints.identity.failures import ProviderNotConfigured
from mespoints.identity.oidc.profile import ProviderProfile, franceconnect
from mespoints.identity.words import Provider


def profile_of(provider: Provider) -> ProviderProfile:
    """Raises ``ProviderNotConfigured``."""
    found = registered(provider)
    if found is None:
        raise ProviderNotConfigured
    return found


def registered(provider: Provider) -> ProviderProfile | None:
    """``None``: not with that one, or it is not for drivers."""
    access = settings.FRANCECONNECT
    if provider is not Provider.FRANCECONNECT or access is None:
        return None
    return franceconnect(
        issuer=access.issuer,
        client_id=access.client_id,
        client_secret=access.client_secret,
        redirect_uri=settings.BASE_URL + reverse("portal:franceconnect_callback"),
        post_logout_redirect_uri=settings.BASE_URL + reverse("portal:signed_out"),
    )

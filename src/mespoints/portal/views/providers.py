"""The identity providers of drivers that this installation is registered with, and the keys we publish for one of them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespoints.identity.failures import ProviderNotConfigured
from mespoints.identity.oidc.profile import ProviderProfile, franceconnect, franceconnect_plus
from mespoints.identity.words import Provider

KEYS_KEPT_SECONDS = 3600
"""How long the provider may keep our list of keys."""


def profile_of(provider: Provider) -> ProviderProfile:
    """Raises ``ProviderNotConfigured``."""
    found = registered(provider)
    if found is None:
        raise ProviderNotConfigured
    return found


def registered(provider: Provider) -> ProviderProfile | None:
    """``None``: not with that one, or it is not for drivers."""
    match provider:
        case Provider.FRANCECONNECT:
            return _franceconnect()
        case Provider.FRANCECONNECT_PLUS:
            return _franceconnect_plus()
        case _:
            return None


@require_safe
def encryption_keys(_request: HttpRequest) -> HttpResponse:
    """The public keys FranceConnect+ encrypts to, at the address declared there."""
    keys = settings.FRANCECONNECT_PLUS_KEYS
    if keys is None:
        raise Http404
    headers = {"Cache-Control": f"public, max-age={KEYS_KEPT_SECONDS}"}
    return JsonResponse(keys.published(), content_type="application/jwk-set+json", headers=headers)


def _franceconnect() -> ProviderProfile | None:
    access = settings.FRANCECONNECT
    if access is None:
        return None
    return franceconnect(
        issuer=access.issuer,
        client_id=access.client_id,
        client_secret=access.client_secret,
        redirect_uri=settings.BASE_URL + reverse("portal:franceconnect_callback"),
        post_logout_redirect_uri=settings.BASE_URL + reverse("portal:signed_out"),
    )


def _franceconnect_plus() -> ProviderProfile | None:
    access, keys = settings.FRANCECONNECT_PLUS, settings.FRANCECONNECT_PLUS_KEYS
    if access is None or keys is None:
        return None
    return franceconnect_plus(
        issuer=access.issuer,
        client_id=access.client_id,
        client_secret=access.client_secret,
        redirect_uri=settings.BASE_URL + reverse("portal:franceconnect_plus_callback"),
        post_logout_redirect_uri=settings.BASE_URL + reverse("portal:signed_out_plus"),
        encryption_keys=keys,
    )

"""The pages of drivers that a sign-in may lead back to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from mespoints.identity.destinations import PARAMETER, Destinations

DESTINATIONS = Destinations(
    pages={
        "historique": "portal:history",
        "previsions": "portal:forecast",
        "documents": "portal:documents",
        "releve-partiel": "portal:period_statement",
        "papier-refuse": "portal:document_refused",
        "delivres": "portal:issued",
        "partages": "portal:shares",
        "nouveau-partage": "portal:new_share",
        "compte": "portal:account",
    },
    leading_to={
        "portal:attestation": "documents",
        "portal:full_statement": "documents",
        "portal:document_for": "documents",
        "portal:document_refusal": "papier-refuse",
        "portal:issued_copy": "delivres",
        "portal:issued_withdraw": "delivres",
        "portal:share_stop": "partages",
        "account_change_password": "compte",
        "account_email": "compte",
        "mfa_add_webauthn": "compte",
        "mfa_activate_totp": "compte",
        "mfa_view_recovery_codes": "compte",
    },
)
USUAL = "portal:balance"


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Whoever is not signed in; the page asked for goes along, by its word."""
    word = word_of(request.path)
    return redirect(reverse("portal:sign_in", query={PARAMETER: word} if word else None))


def word_of(path: str) -> str:
    try:
        return DESTINATIONS.word(resolve(path).view_name)
    except Resolver404:
        return ""


def route(word: str) -> str:
    return DESTINATIONS.pages.get(word, USUAL)

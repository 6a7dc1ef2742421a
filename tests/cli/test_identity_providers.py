"""What to declare is what is served, character by character."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.urls import resolve

from mespoints.cli.identity_providers import DECLARATIONS
from mespoints.identity.words import Provider
from mespoints.portal.views.providers import registered
from tests.encryption_keys import written

CHECKOUT = Path(__file__).resolve().parents[2]
DRIVERS, DRIVERS_PLUS, AGENTS = DECLARATIONS
FOR_DRIVERS = {Provider.FRANCECONNECT: DRIVERS, Provider.FRANCECONNECT_PLUS: DRIVERS_PLUS}


def test_the_addresses_told_are_those_sent(settings: Any, tmp_path: Path) -> None:
    settings.BASE_URL = ""
    settings.FRANCECONNECT_PLUS, settings.FRANCECONNECT_PLUS_KEYS = settings.FRANCECONNECT, written(tmp_path)
    for provider, declaration in FOR_DRIVERS.items():
        profile = registered(provider)
        assert profile is not None
        assert (profile.redirect_uri, profile.post_logout_redirect_uri) == (declaration.callback, declaration.signed_out)
        assert " ".join(profile.scopes) == declaration.scopes
        assert profile.level_asked[0][1] in declaration.level


def test_every_address_answers() -> None:
    for declaration in FOR_DRIVERS.values():
        assert resolve(declaration.callback).kwargs == resolve(declaration.signed_out).kwargs
    assert resolve(AGENTS.callback).view_name == "desk:proconnect_callback"
    assert resolve(AGENTS.signed_out).view_name == "desk:signed_out"
    assert DRIVERS_PLUS.keys is not None
    assert resolve(DRIVERS_PLUS.keys).url_name == "franceconnect_plus_keys"


def test_it_says_what_is_plugged_in_and_never_the_secret() -> None:
    variables = {
        "PYTHONPATH": str(CHECKOUT / "src"),
        "PATH": os.defpath,
        "DATABASE_URL": "postgresql:///nobody_reads_it",
        "MESPOINTS_SECRET_KEY": "for tests only, it protects nothing at all",
        "MESPOINTS_BASE_URL": "https://points.example.fr",
        "MESPOINTS_PROCONNECT": "integration",
        "MESPOINTS_PROCONNECT_CLIENT_ID": "our-name",
        "MESPOINTS_PROCONNECT_CLIENT_SECRET": "our-secret",
    }
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", "identity-providers"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    assert "FranceConnect : pas branché (MESPOINTS_FRANCECONNECT n’est pas donnée)" in done.stdout
    assert "ProConnect : branché sur https://fca.integ01.dev-agentconnect.fr/api/v2" in done.stdout
    assert "https://points.example.fr/connexion/franceconnect/retour/" in done.stdout
    assert "https://points.example.fr/franceconnect-plus/jwks" in done.stdout
    assert f"https://points.example.fr{AGENTS.callback}" in done.stdout
    assert "our-secret" not in done.stdout + done.stderr

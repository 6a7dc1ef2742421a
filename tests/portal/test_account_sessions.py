"""Sessions end by themselves, are bound to nobody else, and are closed by their owner."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespoints.documents.seal import generate_demo_seal
from mespoints.identity.models import Account, Link
from mespoints.identity.sessions import BACKEND, IDLE, NOTED_EVERY, TOTAL
from mespoints.register.models import Holder
from tests.feed.samples import FILE_NUMBER, enter, holder, licence, offence
from tests.identity.signing_in import signed_in_by_franceconnect
from tests.portal.accounts import (
    CODES,
    STEP,
    add_application,
    age_proofs,
    code_of,
    half_way,
    letters,
    new_client,
    opened,
    post,
    press,
    prove,
    said,
    show,
    shown_codes,
    sign_in,
    sign_up,
)

pytestmark = pytest.mark.django_db

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
Move = Callable[[timedelta], None]


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Moves the clock of the sessions forward."""
    moved = timedelta()

    def by(step: timedelta) -> None:
        nonlocal moved
        moved += step
        monkeypatch.setattr("mespoints.identity.session_store.timezone.now", lambda: datetime.now(UTC) + moved)

    return by


def seen(client: Client) -> str:
    """As written in the table."""
    return str(Session.objects.get(session_key=client.cookies["session"].value).get_decoded()["seen_at"])


def test_a_session_ends_after_a_quarter_of_an_hour_without_a_page(move: Move) -> None:
    client = opened()
    key = client.session.session_key
    move(IDLE - timedelta(seconds=5))
    assert client.get("/compte/").status_code == 200
    move(IDLE)
    assert client.get("/compte/").headers["Location"] == "/connexion/?vers=compte"
    assert "Vous étiez parti depuis un quart d’heure" in said(client.get("/connexion/"))
    assert "Vous étiez parti" not in said(client.get("/connexion/"))
    assert not Session.objects.filter(session_key=key).exists()


def test_a_session_ends_after_eight_hours_however_busy(move: Move) -> None:
    client = opened()
    for _ in range(int(TOTAL / timedelta(minutes=14))):
        move(timedelta(minutes=14))
        assert client.get("/compte/").status_code == 200
    move(timedelta(minutes=14))
    assert client.get("/compte/").status_code == 302
    assert "depuis huit heures" in said(client.get("/connexion/"))


def test_activity_is_written_once_a_minute(move: Move) -> None:
    client = opened()
    first = seen(client)
    client.get("/aide/")
    assert seen(client) == first
    move(NOTED_EVERY)
    client.get("/aide/")
    assert seen(client) > first


def test_a_visitor_is_never_told_that_he_was_away(move: Move) -> None:
    client = new_client()
    sign_up(client)
    move(TOTAL)
    assert client.get("/").status_code == 200
    assert "Vous étiez parti" not in said(client.get("/connexion/"))


def test_the_key_of_a_session_changes_at_sign_in() -> None:
    opened()
    client = new_client()
    sign_up(client, "other@example.org")
    before = client.session.session_key
    session: Any = client.session
    session["planted"] = "by somebody else"
    session.save()
    press(client, "/compte/adresse/code/", "/compte/ouvrir/recommencer/")
    sign_in(client)
    assert client.session.session_key != before
    assert "planted" not in client.session
    assert not Session.objects.filter(session_key=before).exists()


def test_open_sessions_are_listed_and_the_others_closed() -> None:
    client = opened()
    others = [new_client(), new_client()]
    sign_in(others[0])
    others[1].defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1"
    sign_in(others[1])
    page = said(client.get("/compte/"))
    assert page.count("ouverte le") == 3
    assert "Safari, iPhone" in page
    assert "Navigateur inconnu" in page
    assert press(client, "/compte/", "/compte/sessions/autres/").headers["Location"] == "/compte/"
    assert [other.get("/compte/").status_code for other in others] == [302, 302]
    page = said(client.get("/compte/"))
    assert "Vos autres sessions sont fermées" in page
    assert page.count("ouverte le") == 1
    assert "Fermer toutes les autres" not in page


def test_everything_may_be_closed() -> None:
    client, other = opened(), new_client()
    sign_in(other)
    assert press(client, "/compte/", "/compte/sessions/toutes/").headers["Location"] == "/connexion/"
    assert "celle-ci comprise" in said(client.get("/connexion/"))
    assert client.get("/compte/").status_code == other.get("/compte/").status_code == 302


def test_a_session_that_is_over_is_not_listed(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    client, other = opened(), new_client()
    sign_in(other)
    session: Any = other.session
    session["seen_at"] = (datetime.now(UTC) - IDLE).isoformat()
    session.save()
    assert said(client.get("/compte/")).count("ouverte le") == 1


def test_nobody_closes_the_sessions_of_somebody_else() -> None:
    client, stranger = opened(), opened("yves@example.org")
    press(stranger, "/compte/", "/compte/sessions/autres/")
    assert client.get("/compte/").status_code == 200
    assert said(stranger.get("/compte/")).count("ouverte le") == 1


def test_the_network_is_kept_and_the_machine_is_not() -> None:
    client = opened()
    other = new_client()
    other.defaults["REMOTE_ADDR"] = "203.0.113.77"
    sign_in(other)
    with connection.cursor() as cursor:
        cursor.execute("select ip::text from usersessions_usersession order by id desc limit 1")
        assert cursor.fetchone()[0].split("/")[0] == "203.0.113.0"
    assert client.get("/compte/").status_code == 200


def test_a_franceconnect_account_has_sessions_and_no_password(tmp_path: Path) -> None:
    client = new_client()
    account = Account.objects.open_without_password(email="fc@example.org", now=SINCE)
    client.force_login(account, backend=BACKEND)
    signed_in_by_franceconnect(client)
    page = said(client.get("/compte/"))
    assert "Par FranceConnect" in page
    assert "Changer de mot de passe" not in page
    assert "fc@example.org" not in page


# Papers and levels


def linked(account: Account, tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), offence(label="Téléphone tenu en main")])
    person = Holder.objects.get(file_number=FILE_NUMBER)
    Link.objects.create(account=account, provider="franceconnect", subject="test", holder=person, since=SINCE)


def paper(client: Client) -> Any:
    client.get("/documents/")
    return client.post("/documents/releve-integral/", {"csrfmiddlewaretoken": client.cookies["form"].value})


def test_an_account_without_a_record_is_led_to_where_it_gets_one() -> None:
    client = opened()
    for path in ("/solde/", "/historique/", "/previsions/", "/documents/"):
        assert client.get(path).headers["Location"] == "/mon-dossier/relier/"
    assert "Aucun dossier de permis n’est encore relié" in said(client.get("/compte/"))


def test_the_medium_level_sees_its_points_and_steps_up_for_the_paper(tmp_path: Path, settings: Any) -> None:
    settings.SEAL = generate_demo_seal(tmp_path / "seal", datetime.now(UTC))
    client = opened()
    linked(Account.objects.get(), tmp_path)
    for path in ("/solde/", "/historique/", "/previsions/"):
        assert client.get(path).status_code == 200
    assert "Une étape de plus" in said(client.get("/documents/releve-partiel/"))
    assert '<a href="/documents/">Revenir en arrière' in client.get("/documents/releve-partiel/").content.decode()
    asked = paper(client)
    assert asked.status_code == 403
    assert "Une étape de plus" in said(asked)
    assert "Ajoutez d’abord une protection" in said(asked)
    prove(client)
    assert paper(client).status_code == 403
    add_application(client)
    shown = client.get(CODES).content.decode()
    assert '<a href="/documents/">C’est fait, reprendre où j’en étais</a>' in shown
    # What was just added was just shown.
    assert paper(client).status_code == 200


def test_a_second_factor_is_shown_again_after_a_quarter_of_an_hour(tmp_path: Path, settings: Any) -> None:
    settings.SEAL = generate_demo_seal(tmp_path / "seal", datetime.now(UTC))
    client = opened()
    linked(Account.objects.get(), tmp_path)
    add_application(client)
    codes = shown_codes(client)
    age_proofs(client)
    asked = paper(client)
    assert "Montrez votre second facteur" in said(asked)
    way = re.search(r'href="(/compte/confirmer/code/\?next=[^"]+)"', asked.content.decode())
    assert way is not None
    assert post(client, way.group(1), {"code": codes[0], "next": "/documents/"}).headers["Location"] == "/documents/"
    answer = paper(client)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")


def test_a_second_factor_at_the_sign_in_is_the_step(tmp_path: Path, settings: Any) -> None:
    settings.SEAL = generate_demo_seal(tmp_path / "seal", datetime.now(UTC))
    secret = add_application(opened())
    linked(Account.objects.get(), tmp_path)
    client = half_way()
    show(client, code_of(secret, time.time() + STEP))
    assert paper(client).status_code == 200


def test_the_high_level_never_steps_up_for_a_paper(tmp_path: Path, settings: Any) -> None:
    settings.SEAL = generate_demo_seal(tmp_path / "seal", datetime.now(UTC))
    account = Account.objects.open_without_password(email=None, now=SINCE)
    linked(account, tmp_path)
    client = new_client()
    client.force_login(account, backend=BACKEND)
    assert paper(client).status_code == 403
    signed_in_by_franceconnect(client, datetime.now(UTC) - timedelta(minutes=14, seconds=50))
    assert paper(client).status_code == 200


def test_the_balance_costs_no_more_by_this_door(tmp_path: Path) -> None:
    client = opened()
    linked(Account.objects.get(), tmp_path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/solde/").status_code == 200
    assert len(captured.captured_queries) == 4, [query["sql"] for query in captured.captured_queries]


def test_a_letter_to_who_signs_in_by_password_says_nothing_of_the_code() -> None:
    opened()
    sign_in(new_client())
    assert letters()[-1].template == "sign_in_notice"
    assert not re.search(r"\d{4}-\d{4}", letters()[-1].body)


def test_codes_are_computed_as_the_standard_says() -> None:
    """RFC 6238, appendix B, first line, on six digits."""
    assert format_hotp_value(hotp_value("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59 // 30)) == "287082"

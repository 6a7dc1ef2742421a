"""The balance page: its SQL statements, and its time beside an empty Django view behind the same middlewares."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.timing import measure, ratio
from mespoints.identity.link import account_of
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.words import Provider
from mespoints.register.identities import PivotIdentity

CAMILLE = PivotIdentity(
    birth_name="TRANQUILLE",
    given_names=("Camille", "Andrée"),
    sex="F",
    birth_date="1993-04-12",
    birth_commune="33063",
    birth_country="99100",
)


BACKEND = "mespoints.identity.backends.AccountBackend"


def signed_in() -> Client:
    identity = VerifiedIdentity(
        provider=Provider.FRANCECONNECT, subject="measured", pivot=CAMILLE, email=None, id_token="", acr="eidas1"
    )
    client = Client()
    client.force_login(account_of(identity, timezone.now()), backend=BACKEND)
    return client


def report() -> None:
    client, visitor = signed_in(), Client()

    def page(path: str, by: Client) -> None:
        answer = by.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    print("\nPortal: in process, without the server")
    with CaptureQueriesContext(connection) as queries:
        page("/solde/", client)
    statements = [query["sql"].split(maxsplit=6)[:6] for query in queries]
    print(f"  balance page: {len(statements)} SQL statements, session and account included")
    for statement in statements:
        print("    ", " ".join(statement))
    found = measure(
        {
            "empty view (/sante)": lambda: page("/sante", visitor),
            "home page": lambda: page("/", visitor),
            "balance page": lambda: page("/solde/", client),
            "history page": lambda: page("/historique/", client),
        },
        repeat=20,
    )
    for each in found.values():
        print(" ", each)
    print(" ", ratio(found["balance page"], found["empty view (/sante)"]))

"""``make demo``: everything a driver would meet, on this machine, from one command, and nothing left behind."""

import fcntl
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from django.utils import timezone

from mespoints.operations.children import ChildFailed, Children
from mespoints.operations.demo.agents import AGENTS_FILE, demo_agents
from mespoints.operations.demo.credentials import CLIENT_ID, Credentials, credentials
from mespoints.operations.demo.people import Person, people
from mespoints.operations.demo.plan import Plan, PortTaken, check_ports, variables
from mespoints.operations.embedded_postgres import EmbeddedPostgres
from mespoints.operations.postgres_programs import EmbeddedPostgresError

WORKERS = 2
READY_SECONDS = 60.0
WATCH_SECONDS = 2.0
DELIVERY_SECONDS = 2.0
PEOPLE_FILE = Path(__file__).with_name("people.toml")

Clock = Callable[[], datetime]


class DemoFailed(Exception):
    """One sentence, with the remedy."""


def run(plan: Plan, clock: Clock) -> int:
    """Until Ctrl-C or SIGTERM; with ``check_only``, until the home page has answered once."""
    started = time.monotonic()
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
    try:
        with alone(plan):
            clear_the_way(plan)
            with database(plan) as cluster, children(plan) as group:
                prepare(plan, cluster, clock, group)
                wait_until_ready(plan, group)
                present(plan, clock, time.monotonic() - started)
                if not plan.check_only:
                    watch(cluster, group)
    except (DemoFailed, PortTaken, ChildFailed, EmbeddedPostgresError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nTout est arrêté.")
    return 0


def interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def alone(plan: Plan) -> Iterator[None]:
    """One demonstration in a folder; the lock goes with its holder, however he goes."""
    try:
        plan.folder.mkdir(parents=True, exist_ok=True)
        lock = (plan.folder / "running.lock").open("a+")
    except OSError as error:
        raise DemoFailed(
            f"{error.filename} ne peut être ouvert ({error.strerror}) : relancez sous le compte qui l’a créé, "
            "ou choisissez un autre dossier par MESPOINTS_DATA_DIR."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoFailed(
                f"Une démonstration tourne déjà dans {plan.data_dir} : arrêtez-la par Ctrl-C, "
                "ou choisissez un autre dossier par MESPOINTS_DATA_DIR."
            ) from None
        yield


def clear_the_way(plan: Plan) -> None:
    """Ends what a killed demonstration left, then makes sure that every door is free."""
    if Children(plan.folder).end_leftovers():
        print("Une démonstration précédente n’avait pas été arrêtée : c’est fait.")
    check_ports(plan.ports)


@contextmanager
def children(plan: Plan) -> Iterator[Children]:
    """All are stopped in the end, whatever the end."""
    group = Children(plan.folder)
    try:
        yield group
    finally:
        # An impatient second Ctrl-C must not leave a server behind; what follows takes seconds at most.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        group.stop()


def database(plan: Plan) -> "AbstractContextManager[EmbeddedPostgres | None]":
    if plan.database_url is not None:
        return nullcontext(None)
    return running(EmbeddedPostgres(plan.data_dir / "postgres"))


@contextmanager
def running(cluster: EmbeddedPostgres) -> Iterator[EmbeddedPostgres]:
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def prepare(plan: Plan, cluster: EmbeddedPostgres | None, clock: Clock, group: Children) -> None:
    """The simulators warm up while the database is filled; the portal starts once there is something to show."""
    held = credentials(plan.folder, clock())
    url = cluster.url if cluster is not None else plan.database_url
    portal = variables(plan, url or "", held)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MESPOINTS_", "DJANGO_", "GRANIAN_"))}
    start_simulators(plan, group, inherited, held)
    os.environ.update(portal)
    fill(plan, clock())
    arguments = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(plan.ports.portal), "--workers", str(WORKERS)]
    arguments += ["--blocking-threads", "4", "--no-ws", "mespoints.config.wsgi:application"]
    group.start("Le portail", "granian", arguments, variables={**inherited, **portal}, within=plan.checkout)
    for name, arguments in (
        ("L’envoi des messages", ["deliver", "--every", str(DELIVERY_SECONDS)]),
        ("La nuit à son heure", ["worker"]),
    ):
        surroundings = {**inherited, **portal}
        group.start(name, "mespoints.cli", arguments, variables=surroundings, within=plan.checkout, log=arguments[0])


def start_simulators(plan: Plan, group: Children, inherited: Mapping[str, str], held: Credentials) -> None:
    if not (plan.checkout / "simulators").is_dir():
        raise DemoFailed(f"Le dossier simulators manque dans {plan.checkout} : la démonstration se lance depuis les sources.")
    drivers = {
        "--people": str(PEOPLE_FILE),
        "--port": str(plan.ports.franceconnect),
        "--client-id": CLIENT_ID,
        "--client-secret": held.client_secret,
        "--redirect-uri": f"{plan.base_url}/connexion/franceconnect/retour/",
        "--post-logout-redirect-uri": f"{plan.base_url}/deconnexion/retour/",
    }
    agents = {
        "--people": str(AGENTS_FILE),
        "--port": str(plan.ports.proconnect),
        "--client-id": CLIENT_ID,
        "--client-secret": held.agents_client_secret,
        "--redirect-uri": f"{plan.base_url}/exploitation/connexion/proconnect/retour/",
        "--post-logout-redirect-uri": f"{plan.base_url}/exploitation/deconnexion/retour/",
    }
    mailbox = {"--smtp-port": str(plan.ports.smtp), "--http-port": str(plan.ports.mailbox)}
    for name, module, options in (
        ("Le fournisseur d’identité simulé", "simulators.franceconnect", drivers),
        ("Le fournisseur d’identité simulé des agents", "simulators.proconnect", agents),
        ("La boîte aux lettres simulée", "simulators.mailbox", mailbox),
    ):
        # In one word: a secret drawn at random may begin with a dash, and would pass for an option.
        arguments = [f"{option}={value}" for option, value in options.items()]
        group.start(name, module, arguments, variables=inherited, within=plan.checkout)


def fill(plan: Plan, now: datetime) -> None:
    """Tables, static files, and the day's file by the real feed. Imported late: Django reads the environment set just above."""
    import django  # noqa: PLC0415 – see above

    django.setup()
    from mespoints.operations.demo.filling import (  # noqa: PLC0415 – its models need Django set up
        enter_daily_file,
        invite_agents,
        prepare_site,
    )

    prepare_site()
    invite_agents(now)
    refusal = enter_daily_file(plan.folder, now)
    if refusal is not None:
        raise DemoFailed(f"Le fichier du jour a été refusé : {refusal} Effacez {plan.data_dir} pour repartir de rien.")


def wait_until_ready(plan: Plan, group: Children) -> None:
    limit = time.monotonic() + READY_SECONDS
    while not answers(f"http://127.0.0.1:{plan.ports.portal}/sante"):
        group.check()
        if time.monotonic() > limit:
            raise DemoFailed(
                f"Le portail n’a pas répondu en {READY_SECONDS:.0f} s : lisez {plan.folder}/granian.log, puis relancez."
            )
        time.sleep(0.05)
    if not answers(f"http://127.0.0.1:{plan.ports.portal}/"):
        raise DemoFailed(f"L’accueil du portail ne répond pas comme il faut : lisez {plan.folder}/granian.log, puis relancez.")
    group.check()


def answers(address: str) -> bool:
    # Without the proxies of the environment: this is our own machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=10) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 – HTTP's own word for yes
    except (urllib.error.URLError, OSError):
        return False


def present(plan: Plan, clock: Clock, seconds: float) -> None:
    known = people(timezone.localdate(clock()))
    width = max(len(person.title) for person in known)
    took = f"{seconds:.1f}".replace(".", ",")
    print(f"\nMes points permis : {plan.base_url}/   (prêt en {took} s)")
    print(f"Messages envoyés : http://127.0.0.1:{plan.ports.mailbox}/")
    print(f"Espace professionnel : {plan.base_url}/exploitation/\n")
    print("On s’identifie par le FranceConnect simulé, comme :")
    for person in known:
        print(f"  {person.title:<{width}}  {person.shows}")
    present_numbers(known)
    print("\nDans l’espace professionnel, par le ProConnect simulé, comme :")
    for agent in demo_agents():
        print(f"  {agent.name:<{width}}  {agent.shows}")
    print("\nCtrl-C arrête tout.", flush=True)


def present_numbers(known: Iterable[Person]) -> None:
    """Those who may also come by their file number: what they would type, and where their code goes."""
    print("\nOu par le numéro de dossier, en ouvrant un compte (une adresse inventée suffit : ses messages arrivent aussi là) :")
    for person in known:
        if person.holder_row is not None and person.email_on_file is not None:
            number, name, born = (person.holder_row[field] for field in ("file_number", "birth_name", "birth_date"))
            day = "/".join(reversed(born.split("-")))
            print(
                f"  {person.title} : dossier {number[:6]} {number[6:]}, nom {name}, né(e) le {day}, code à {person.email_on_file}"
            )


def watch(cluster: EmbeddedPostgres | None, group: Children) -> NoReturn:
    """A database that was killed is started again; a server that stopped ends the demonstration, with its last words."""
    while True:
        time.sleep(WATCH_SECONDS)
        group.check()
        if cluster is not None and not cluster.is_running:
            cluster.start()
            print("La base de données s’était arrêtée : elle est relancée.", flush=True)

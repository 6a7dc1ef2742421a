"""``mespoints agent``: the first operators, and the way back when none is left. Others are invited from the pages of the desk.

Whoever types here holds the machine. Two people are still needed, in two commands: what is kept is the name each one states and
the account of the machine that ran the command, for ever, on the page « Accès ».
"""

import argparse
import os
import pwd
import sys
from datetime import UTC, datetime

from mespoints.cli.surroundings import django_started
from mespoints.cli.terminal import show

ROLES = ("operator", "supervisor", "agent", "mediator")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("agent", help="inviter, approuver ou retirer un agent ; lister les accès")
    acts = parser.add_subparsers(dest="act", metavar="ACTE", required=True)
    invite = acts.add_parser("invite", help="inviter une personne ; une deuxième devra approuver")
    invite.add_argument("--role", choices=ROLES, required=True, help="ce que cette personne fera ici")
    invite.add_argument("--email", help="adresse que ProConnect connaît ; demandée si elle n’est pas donnée")
    approve = acts.add_parser("approve", help="approuver l’invitation d’une autre personne")
    revoke = acts.add_parser("revoke", help="retirer un accès, aussitôt")
    for act in (approve, revoke):
        act.add_argument("number", type=int, metavar="NUMÉRO", help="numéro de l’invitation (mespoints agent list)")
    for act in (invite, approve, revoke):
        act.add_argument("--by", required=True, metavar="NOM", help="qui agit : votre prénom et votre nom, gardés avec l’acte")
    acts.add_parser("list", help="les accès, et qui les a donnés")


def run(args: argparse.Namespace) -> int:
    """0 when it is done, 1 when it is refused."""
    now = datetime.now(UTC)
    with django_started():
        from mespoints.identity.agents import UnknownInvitation  # noqa: PLC0415 – once Django is started
        from mespoints.identity.invitations import Refused  # noqa: PLC0415 – same

        try:
            return show(told(args, now))
        except Refused as refused:
            print(refused, file=sys.stderr)
        except UnknownInvitation:
            print("Aucune invitation ne porte ce numéro : « mespoints agent list » les donne toutes.", file=sys.stderr)
        return 1


def told(args: argparse.Namespace, now: datetime) -> list[str]:
    """Acts, then says what was done. Raises ``Refused`` or ``UnknownInvitation``."""
    from mespoints.identity import agents  # noqa: PLC0415 – once Django is started
    from mespoints.identity.invitations import AtConsole  # noqa: PLC0415 – same
    from mespoints.identity.roles import Role  # noqa: PLC0415 – same

    if args.act == "list":
        return listed(now)
    hand = AtConsole(name=args.by.strip(), machine_account=machine_account())
    match args.act:
        case "invite":
            number = agents.invite(hand, args.email or asked("Adresse de la personne : "), Role(args.role), now)
            return [
                f"Invitation {number} lancée par {hand.signature}.",
                f'Une autre personne l’approuve par : mespoints agent approve {number} --by "Prénom Nom"',
            ]
        case "approve":
            agents.approve(hand, args.number, now)
            return [f"Invitation {args.number} approuvée par {hand.signature} : la personne peut entrer par ProConnect."]
        case _:
            agents.revoke(hand, args.number, now)
            return [f"Accès {args.number} retiré par {hand.signature} : ses sessions ouvertes sont finies."]


def listed(now: datetime) -> list[str]:
    from mespoints.desk.pages.access import step_told  # noqa: PLC0415 – once Django is started
    from mespoints.desk.wording import moment  # noqa: PLC0415 – same
    from mespoints.identity import agents  # noqa: PLC0415 – same
    from mespoints.identity.invitations import Standing  # noqa: PLC0415 – same

    words = {
        Standing.WAITING: "à approuver",
        Standing.GOOD: "approuvée, pas encore utilisée",
        Standing.HELD: "en vigueur",
        Standing.EXPIRED: "périmée",
        Standing.REVOKED: "retirée",
    }
    names = {each.account_id: each.name for each in agents.agents()}
    lines = []
    for each in agents.invitations():
        lines.append(f"{each.number}  {each.email}  {each.role.label}  {words[each.standing(now)]}")
        lines += [f"     {moment(step.at)} : {step_told(step, each, names)}" for step in each.steps]
    return lines or ['Personne n’est invité. Pour commencer : mespoints agent invite --role operator --by "Prénom Nom"']


def asked(question: str) -> str:
    """Typed rather than given as a word of the command, it stands in no list of processes."""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def machine_account() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())

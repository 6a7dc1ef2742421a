"""``mespoints quarantine``: the rows that wait, for an operator without a browser."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mespoints.cli.surroundings import django_started
from mespoints.cli.terminal import show, visible

STANDARD_INPUT = "-"
AT_ONCE = 100
LARGEST_NUMBER = 2**63 - 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("quarantine", help="les lignes en quarantaine : lire, corriger, écarter, rejouer")
    acts = parser.add_subparsers(dest="act", metavar="ACTE", required=True)
    listed = acts.add_parser("list", help="celles qui attendent")
    listed.add_argument("--after", type=number, default=0, metavar="N", help="à partir de celle qui suit ce numéro")
    shown = acts.add_parser("show", help="une ligne, ce qui ne va pas et que faire")
    shown.add_argument("row", type=number, metavar="N")
    corrected = acts.add_parser("correct", help="la ligne telle qu’elle aurait dû être")
    corrected.add_argument("row", type=number, metavar="N")
    corrected.add_argument("file", nargs="?", default=STANDARD_INPUT, metavar="LIGNE.json", help="« - » : l’entrée standard")
    dismissed = acts.add_parser("dismiss", help="une ligne n’entrera pas")
    dismissed.add_argument("row", type=number, metavar="N")
    dismissed.add_argument("--reason", required=True, metavar="RAISON", help="gardée avec la ligne, sans nom de personne")
    alike = acts.add_parser("dismiss-all", help="toutes celles d’un fichier qui attendent pour un même motif")
    alike.add_argument("sequence", type=number, metavar="FICHIER", help="son numéro")
    alike.add_argument("code", metavar="MOTIF", help="par exemple wrong_type")
    alike.add_argument("--reason", required=True, metavar="RAISON")
    alike.add_argument("--yes", action="store_true", help="écarter vraiment ; sans cette option, elles sont comptées")
    for act in (corrected, dismissed, alike):
        act.add_argument("--operator", type=number, default=0, metavar="N", help="le compte gardé avec l’acte (%(default)s)")
    acts.add_parser("replay", help="faire entrer les lignes corrigées")


def number(text: str) -> int:
    """Raises ValueError, which argparse words."""
    read = int(text)
    if not 0 <= read <= LARGEST_NUMBER:
        raise ValueError(text)
    return read


def run(args: argparse.Namespace) -> int:
    """0 when it is done, 1 when something is refused and waits, 2 when nothing could be done."""
    with django_started():
        from mespoints.feed.quarantine import MayNotEnter, ReasonMissing, UnknownRow  # noqa: PLC0415 – needs Django started
        from mespoints.register.registration import DoorBusy  # noqa: PLC0415 – same

        acts = {
            "list": list_rows,
            "show": show_row,
            "correct": correct_row,
            "dismiss": dismiss_row,
            "dismiss-all": dismiss_alike,
            "replay": replay_rows,
        }
        try:
            return acts[args.act](args)
        except (UnknownRow, ReasonMissing, MayNotEnter, DoorBusy) as refusal:
            said = str(refusal)
            print(f"{said[0].upper()}{said[1:]}.", file=sys.stderr)
        except OSError as failure:
            print(f"Ligne illisible ({failure.strerror}) ; attendu un fichier JSON, ou « - ».", file=sys.stderr)
        return 2


def list_rows(args: argparse.Namespace) -> int:
    from mespoints.feed.quarantine_rows import put_right, waiting  # noqa: PLC0415 – once Django is started

    rows = list(waiting(args.after, AT_ONCE + 1))
    lines = [
        f"{row.id}  fichier {row.sequence}, ligne {row.rejection.line}  {row.rejection.code.value}  "
        f"{visible(row.rejection.field or 'toute la ligne')} : {visible(row.rejection.found)}"
        for row in rows[:AT_ONCE]
    ]
    if len(rows) > AT_ONCE:
        lines.append(f"La suite : mespoints quarantine list --after {rows[AT_ONCE - 1].id}")
    if not rows:
        lines.append("Aucune ligne n’attend.")
    corrected = [row.id for row in put_right(AT_ONCE)]
    if corrected:
        lines.append(f"Corrigées, pas encore entrées : {', '.join(map(str, corrected))}")
    return show(lines)


def show_row(args: argparse.Namespace) -> int:
    from mespoints.desk.pages.quarantine_row import decided, laid_out, settled  # noqa: PLC0415 – same
    from mespoints.feed.quarantine import UnknownRow  # noqa: PLC0415 – once Django is started
    from mespoints.feed.quarantine_rows import QuarantinedRow, row  # noqa: PLC0415 – same

    def told(found: QuarantinedRow) -> Iterator[str]:
        said = found.rejection
        yield f"Fichier {found.sequence}, ligne {said.line} ({said.code.value})"
        if found.is_settled:
            yield settled(found)
        else:
            yield f"{said.field or 'Toute la ligne'} : trouvé « {said.found} »"
            yield said.what_to_do
        yield from ("", laid_out(found.raw))
        if found.corrected is not None:
            yield from ("", decided(found, "Corrigée"), laid_out(found.corrected))

    found = row(args.row)
    if found is None:
        raise UnknownRow(f"aucune ligne ne porte le numéro {args.row} : voyez « mespoints quarantine list »")
    return show(visible(line) for line in told(found))


def correct_row(args: argparse.Namespace) -> int:
    from mespoints.feed.quarantine import correct  # noqa: PLC0415 – once Django is started

    raw = sys.stdin.buffer.read() if args.file == STANDARD_INPUT else Path(args.file).read_bytes()
    refused = correct(args.row, raw.decode("utf-8", "backslashreplace"), args.operator, datetime.now(UTC))
    if refused is not None:
        where = refused.field or "Toute la ligne"
        print(visible(f"{where} : trouvé « {refused.found} ». {refused.what_to_do} Rien n’a changé."), file=sys.stderr)
        return 1
    return show(["Corrigée. Elle entrera avec le prochain fichier, ou par « mespoints quarantine replay »."])


def dismiss_row(args: argparse.Namespace) -> int:
    from mespoints.feed.quarantine import dismiss  # noqa: PLC0415 – once Django is started

    dismiss(args.row, args.reason, args.operator, datetime.now(UTC))
    return show(["Écartée : elle n’entrera pas."])


def dismiss_alike(args: argparse.Namespace) -> int:
    from mespoints.desk.wording import counted  # noqa: PLC0415 – once Django is started
    from mespoints.feed.quarantine import dismiss_all  # noqa: PLC0415 – same
    from mespoints.feed.quarantine_rows import alike  # noqa: PLC0415 – same
    from mespoints.feed.rejections import RejectionCode  # noqa: PLC0415 – same

    if args.code not in set(RejectionCode):
        print(f"Aucun motif ne s’appelle « {visible(args.code)} » : « mespoints quarantine list » les dit.", file=sys.stderr)
        return 2
    code = RejectionCode(args.code)
    if not args.yes:
        waits = counted(alike(args.sequence, code), "ligne attend", "lignes attendent")
        return show([f"{waits} pour ce motif dans ce fichier. Pour les écarter toutes, ajoutez --yes."])
    number = dismiss_all(args.sequence, code, args.reason, args.operator, datetime.now(UTC))
    return show([f"{counted(number, 'ligne écartée')}."])


def replay_rows(_: argparse.Namespace) -> int:
    from mespoints.desk.quarantine_words import replayed  # noqa: PLC0415 – once Django is started
    from mespoints.feed.quarantine import replay  # noqa: PLC0415 – same

    done = replay(datetime.now(UTC))
    return show([replayed(done)]) or (1 if done.rows_refused else 0)

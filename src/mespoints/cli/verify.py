"""``mespoints verify``: is this paper genuine? Without a server, a database or a network."""

import argparse
import dataclasses
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from mespoints.cli.terminal import show, visible
from mespoints.documents.verification.outer_form import LARGEST_FILE
from mespoints.documents.verification.papers import verify_code, verify_pdf
from mespoints.documents.verification.trust import load_paper_trust
from mespoints.documents.verification.verdict import Verdict
from mespoints.documents.visible_code.trust import TrustUnreadable
from mespoints.documents.wording import moment
from mespoints.law.texts.sentences import in_words

STANDARD_INPUT = "-"
AUTHENTIC, NOT_AUTHENTIC, CANNOT_TELL = 0, 1, 2


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "verify",
        help="vérifier un document, hors ligne",
        description="Rend 0 pour un document authentique, 1 pour tout autre (essai compris), 2 si rien n’a pu être vérifié.",
    )
    parser.add_argument("file", metavar="FICHIER", help="le PDF reçu, ou avec --code le texte du 2D-Doc ; « - » lit l’entrée")
    parser.add_argument("--trust", required=True, type=Path, help="à qui se fier : le fichier que donne l’émetteur")
    parser.add_argument("--code", action="store_true", help="FICHIER contient le texte d’un code 2D-Doc")
    parser.add_argument("--json", action="store_true", help="le verdict en JSON")


def run(args: argparse.Namespace) -> int:
    try:
        trust = load_paper_trust(args.trust)
        content = read(args.file)
    except (TrustUnreadable, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        print(f"{args.file} ne peut pas être lu ({reason}). Vérifiez le chemin." if reason else error, file=sys.stderr)
        return CANNOT_TELL
    now = datetime.now(UTC)
    if args.code:
        verdict = verify_code(content.decode("latin-1").rstrip("\r\n"), trust, None, now)
    else:
        verdict = verify_pdf(content, trust, None, now)
    told = show([as_json(verdict)] if args.json else as_people_read(verdict))
    return told or (AUTHENTIC if verdict.is_authentic else NOT_AUTHENTIC)


def read(path: str) -> bytes:
    """One byte more than the longest paper, and no further: what is longer is refused whatever it holds."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def as_json(verdict: Verdict) -> str:
    told = dataclasses.asdict(verdict) | {"is_authentic": verdict.is_authentic, "is_test": verdict.is_test}
    return json.dumps(told, ensure_ascii=False, indent=2, default=lambda each: each.isoformat())


def as_people_read(verdict: Verdict) -> list[str]:
    lines = [verdict.word, f"  {verdict.sentence}"]
    if verdict.status_sentence is not None:
        lines.append(f"  {verdict.status_sentence}")
    lines += [f"  {remark}" for remark in verdict.remarks]
    lines += ["", *(f"  {name} : {value}" for name, value in facts(verdict) if value), "", f"À faire : {verdict.what_to_do}"]
    return [visible(line) for line in lines]


def facts(verdict: Verdict) -> list[tuple[str, str]]:
    paper = verdict.paper
    if paper is None:
        return []
    return [
        ("Document", paper.kind),
        ("Initiales", paper.initials or ""),
        ("Permis", paper.rights or ""),
        ("Catégories", ", ".join(paper.categories)),
        ("Référence", paper.reference or ""),
        ("Établi le", in_words(paper.issued_on) if paper.issued_on is not None else ""),
        ("Valable jusqu’au", in_words(paper.expires_on) if paper.expires_on is not None else ""),
        ("Scellé le", moment(verdict.sealed_at) if verdict.sealed_at is not None else ""),
        ("Horodaté le", moment(verdict.timestamped_at) if verdict.timestamped_at is not None else ""),
    ]

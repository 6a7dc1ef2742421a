"""``mespoints evaluate``: the law's answer to a case, without a database, a server or a network."""

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

from mespoints.cli.statement import statement
from mespoints.law.case_fields import CaseError
from mespoints.law.case_format import evaluate

MAX_CASES = 100_000
STANDARD_INPUT = "-"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("evaluate", help="appliquer la loi à un cas (JSON)")
    parser.add_argument("case", metavar="CASE.json", help="un cas, ou une liste de cas ; « - » lit l'entrée standard")
    parser.add_argument("--text", action="store_true", help="un relevé en français plutôt que du JSON")


def run(args: argparse.Namespace) -> int:
    """0 when every case is answered, 1 when some of a list are refused, 2 when nothing could be answered."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A lone surrogate is a letter of JSON and of no encoding: it is written as JSON escapes it.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        document = read(args.case)
        if isinstance(document, list):
            return answer_each(document, as_text=args.text)
        print(statement(evaluate(document)) if args.text else to_json(evaluate(document)))
    except CaseError as error:
        print(to_json(error.as_json()), file=sys.stderr)
        return 2
    return 0


def read(path: str) -> object:
    try:
        raw = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        raise CaseError("json", "", f"fichier illisible ({error.strerror}) ; attendu un fichier JSON, ou « - ».") from None
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        raise CaseError("json", "", f"octet {error.start} illisible ; attendu du texte en UTF-8.") from None
    except json.JSONDecodeError as error:
        message = f"ligne {error.lineno}, colonne {error.colno} : ce n'est pas du JSON ; attendu un objet ou une liste JSON."
        raise CaseError("json", "", message) from None
    except (RecursionError, ValueError):
        raise CaseError("json", "", "JSON trop profond ou nombre démesuré ; attendu un cas comme dans le contrat.") from None


def refuse_constant(name: str) -> float:
    raise CaseError("json", "", f"trouvé {name} ; attendu un nombre JSON.")


def answer_each(documents: list[object], *, as_text: bool) -> int:
    if len(documents) > MAX_CASES:
        message = f"trouvé {len(documents)} cas ; attendu {MAX_CASES} au plus."
        raise CaseError("too_large", "", message)
    refused = False
    separator = ""
    sys.stdout.write("" if as_text else "[")
    for document in documents:
        answer = answer_or_error(document)
        refused |= "error" in answer
        sys.stdout.write(separator + (as_people_read(answer) if as_text else to_json(answer)))
        separator = "\n" if as_text else ",\n"
    sys.stdout.write("\n" if as_text else "]\n")
    return 1 if refused else 0


def answer_or_error(document: object) -> dict[str, Any]:
    try:
        return evaluate(document)
    except CaseError as error:
        return error.as_json()


def as_people_read(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return f"Cas refusé ({answer['error']['path']}) : {answer['error']['message']}\n"
    return statement(answer)


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

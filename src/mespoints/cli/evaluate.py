"""``mespoints evaluate``: the law's answer to a case, without a database, a server or a network."""

import argparse
import io
import os
import sys
from pathlib import Path
from typing import Any

from mespoints.cli.statement import statement
from mespoints.law.case_fields import CaseError
from mespoints.law.case_format import evaluate
from mespoints.law.case_json import read_json, to_json

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
        status = answer(args.case, as_text=args.text)
        sys.stdout.flush()
    except CaseError as error:
        print(to_json(error.as_json()), file=sys.stderr)
        return 2
    except OSError as error:
        return give_up_writing(error)
    return status


def give_up_writing(error: OSError) -> int:
    """Who read the answers left (« | head »), or the disk is full: the rest is dropped, or the way out would try it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        print(f"Réponse non écrite ({error.strerror}) ; attendu une sortie où écrire.", file=sys.stderr)
    return 2


def answer(path: str, *, as_text: bool) -> int:
    document = read(path)
    if isinstance(document, list):
        return answer_each(document, as_text=as_text)
    print(statement(evaluate(document)) if as_text else to_json(evaluate(document)))
    return 0


def read(path: str) -> object:
    if path == STANDARD_INPUT and sys.stdin is None:
        raise CaseError(
            "json", "", "entrée standard fermée ; attendu un fichier JSON, ou « - » et du JSON sur l'entrée standard."
        )
    try:
        raw = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        raise CaseError("json", "", f"fichier illisible ({error.strerror}) ; attendu un fichier JSON, ou « - ».") from None
    return read_json(raw)


def answer_each(documents: list[object], *, as_text: bool) -> int:
    if len(documents) > MAX_CASES:
        message = f"trouvé {len(documents)} cas ; attendu {MAX_CASES} au plus."
        raise CaseError("too_large", "", message)
    refused = False
    separator = ""
    sys.stdout.write("" if as_text else "[")
    for document in documents:
        told = answer_or_error(document)
        refused |= "error" in told
        sys.stdout.write(separator + (as_people_read(told) if as_text else to_json(told)))
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

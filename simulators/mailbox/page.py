"""The page of the mailbox, and the same letters in JSON for tests."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from simulators.mailbox.letters import Letter, Letters

_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Boîte aux lettres simulée</title>
<style>body{{font:1rem/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}}
article{{border:1px solid;border-radius:.25rem;padding:0 1rem;margin:1rem 0}}pre{{white-space:pre-wrap;font:inherit}}</style>
</head><body><h1>Boîte aux lettres simulée</h1>
<p>Les messages que le service a envoyés arrivent ici et ne vont nulle part ailleurs.</p>
{letters}</body></html>"""

_ARTICLE = """<article><h2>{subject}</h2><p>À {recipients}, le {received}</p><pre>{body}</pre></article>"""

_NONE = "<p>Aucun message pour l’instant.</p>"


def page(letters: Iterable[Letter]) -> str:
    articles = [
        _ARTICLE.format(
            subject=escape(letter.subject),
            recipients=escape(", ".join(letter.recipients)),
            received=escape(letter.received),
            body=escape(letter.body),
        )
        for letter in letters
    ]
    return _PAGE.format(letters="\n".join(articles) or _NONE)


class PageServer(ThreadingHTTPServer):
    """``/`` for people, ``/letters.json`` for tests, ``/health`` for whoever waits for the start."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], letters: Letters) -> None:
        super().__init__(address, _Handler)
        self.letters = letters


class _Handler(BaseHTTPRequestHandler):
    server: PageServer

    def do_GET(self) -> None:
        letters = self.server.letters.latest_first()
        if self.path == "/":
            self._answer(200, "text/html; charset=utf-8", page(letters))
        elif self.path == "/letters.json":
            self._answer(200, "application/json", json.dumps([asdict(letter) for letter in letters]))
        elif self.path == "/health":
            self._answer(200, "text/plain; charset=utf-8", "ok")
        else:
            self._answer(404, "text/plain; charset=utf-8", "Page inconnue : la boîte aux lettres est en /")

    def _answer(self, status: int, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Says nothing: the terminal belongs to the demonstration."""

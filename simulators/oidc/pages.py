"""Its two pages, in a plain look of their own: nobody may take them for the State's."""

from collections.abc import Iterable
from html import escape

from simulators.oidc.dialect import Dialect, ErrorPage, Person

REFUSE = "refuse"
OWN = "own"
"""The choice that the provider's own form makes."""

_STYLE = """
body { margin: 0 auto; max-width: 34rem; padding: 1.5rem;
  font: 1.06rem/1.5 system-ui, sans-serif; color: #222; background: #f4efe6; }
.ribbon { padding: .5rem .75rem; background: #222; color: #fff; }
button { display: block; width: 100%; margin: 0 0 .6rem; padding: .7rem .9rem; font: inherit; text-align: left;
  color: inherit; background: #fff; border: 1px solid #6b6357; border-radius: .3rem; cursor: pointer; }
label { display: block; margin: 0 0 .6rem; } label input, label select { font: inherit; }
button:hover, button:focus-visible { outline: 3px solid #7a4a12; outline-offset: 1px; }
button small { display: block; color: #5a5247; }
.plain { background: none; border-style: dashed; }
@media (prefers-color-scheme: dark) {
  body { color: #eee; background: #22201c; } button { background: #2f2c27; border-color: #a89f90; }
  button small { color: #c6bdae; } .plain { background: none; }
}
"""


def choice(dialect: Dialect, wait: str, people: Iterable[Person], known: Person | None) -> str:
    """Who will you be? ``known`` is the person whose session is open in this browser."""
    again = ""
    if known is not None:
        again = f"<h2>Session ouverte</h2>{_button(wait, known.key, f'Continuer : {known.full_name}', known.title)}"
    buttons = "".join(_button(wait, person.key, person.full_name, person.title) for person in people)
    refuse = _button(wait, REFUSE, "Identité refusée", "revenir sans avoir été reconnu", plain=True)
    own = dialect.own_choice(wait) if dialect.own_choice else ""
    return _page(
        dialect,
        "<p>Cette page remplace, pour la démonstration, un vrai service d’identité. Toutes ces personnes sont inventées.</p>"
        f"{again}<h2>Qui voulez-vous être&nbsp;?</h2>{buttons}{own}<h2>Ou bien</h2>{refuse}",
    )


def error(dialect: Dialect, page: ErrorPage) -> str:
    return _page(
        dialect,
        f"<h2>Demande refusée</h2><p>Code d’erreur&nbsp;: <strong>{escape(page.code)}</strong></p>"
        f"<p>{escape(page.reason)}</p><p>Le vrai service ne renverrait pas la personne vers le site demandeur.</p>",
    )


def _button(wait: str, choice: str, label: str, note: str, *, plain: bool = False) -> str:
    css = ' class="plain"' if plain else ""
    return (
        f'<form method="post" action="interaction"><input type="hidden" name="wait" value="{escape(wait)}">'
        f'<button{css} name="choice" value="{escape(choice)}">{escape(label)}<small>{escape(note)}</small></button></form>'
    )


def _page(dialect: Dialect, body: str) -> str:
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{dialect.title}</title><style>{_STYLE}</style></head><body>"
        '<p class="ribbon">Simulation — données fictives</p>'
        f"<main><h1>{dialect.title}</h1>{body}</main></body></html>"
    )

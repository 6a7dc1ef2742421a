"""The form that makes an agent up."""

from html import escape

from simulators.oidc.pages import OWN
from simulators.proconnect.people import LEVELS, ROLES


def own_choice(wait: str) -> str:
    levels = "".join(f"<option{' selected' if level == 'eidas1-mfa' else ''}>{level}</option>" for level in LEVELS)
    roles = "".join(f'<label><input type="checkbox" name="roles" value="{role}"> {role}</label>' for role in ROLES)
    return (
        "<h2>Ou quelqu’un d’autre</h2>"
        f'<form method="post" action="interaction"><input type="hidden" name="wait" value="{escape(wait)}">'
        '<label>Adresse <input type="email" name="email" required value="quelqu.un@prefecture.example"></label>'
        '<label>SIRET (14 chiffres) <input name="siret" required pattern="[0-9]{14}" value="99999999900011"></label>'
        f'<label>Niveau <select name="acr">{levels}</select></label>{roles}'
        f'<button name="choice" value="{OWN}">Entrer ainsi</button></form>'
    )

"""The branch of the tree of failures (``failures``) that belongs to the licence-number door.

The words are the same whether a record exists or not.
"""

import logging

from mespoints.identity.failures import SignInFailure

WHO_LOOKS = "La page « Accès bloqué » dit qui peut regarder avec vous."


class NumberFailure(SignInFailure):
    next_step = "La page « Accès bloqué » dit quoi faire quand le code n’arrive pas, et qui peut regarder avec vous."
    level = logging.INFO
    status = 400


class CodeWrong(NumberFailure):
    """Also said of a right code that came too late to be given the record: somebody else's account has it."""

    code = "CODE-WRONG"
    sentence = "Ce code ne convient pas."

    def __init__(self, tries_left: int = 0) -> None:
        super().__init__()
        self.tries_left = tries_left


class CodeSpent(NumberFailure):
    code = "CODE-SPENT"
    sentence = "Ce code ne peut plus servir : il a plus d’une demi-heure, il a déjà servi, ou il a été essayé trop de fois."
    next_step = "Demandez un nouveau code : seul le dernier reçu fonctionne."


class AskedTooOften(NumberFailure):
    code = "ASKED-TOO-OFTEN"
    sentence = "Trop de demandes de code ont été faites, depuis ce compte, ce réseau ou pour ce numéro."
    next_step = "Attendez une heure avant la suivante ; demain, si le message revient. " + WHO_LOOKS
    status = 429


class TriedTooOften(NumberFailure):
    code = "TRIED-TOO-OFTEN"
    sentence = "Trop de codes ont été essayés, depuis ce compte ou ce réseau."
    next_step = "Attendez une heure avant l’essai suivant ; demain, si le message revient. " + WHO_LOOKS
    level = logging.WARNING
    status = 429


class DoorSaturated(NumberFailure):
    """More codes asked or tried in the whole country than people ever would: somebody is guessing. An operator must look."""

    code = "SATURATED"
    sentence = "L’activation par numéro de dossier est arrêtée pour quelques minutes, par sécurité."
    next_step = "Réessayez dans quelques minutes. Votre dossier, lui, n’a pas bougé."
    level = logging.ERROR
    status = 503

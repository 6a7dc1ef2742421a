"""The identity is sure and a record is near: what is missing before they are linked. Leaves of the tree of ``failures``."""

import logging

from mespoints.identity.failures import ASK_A_HUMAN, TRY_AGAIN, IdentityFailure


class SecondProofFailure(IdentityFailure):
    """A record may be his; a number that stands on his licence must say so."""

    level = logging.INFO
    status = 403


class SecondProofAsked(SecondProofFailure):
    """Not the end of the way: the next page asks."""

    sentence = "Vous êtes bien connecté à {provider}. Il manque un numéro qui figure sur votre permis."
    next_step = "Gardez votre permis sous la main et recommencez la connexion : la page suivante demande ce numéro."


class LicenceNumberAsked(SecondProofAsked):
    """The file number or that of a card: there is one record only."""

    code = "PROOF-ASKED"


class FileNumberAsked(SecondProofAsked):
    """Several records: only the file number chooses."""

    code = "PROOF-FILE-ASKED"


class SecondProofWrong(SecondProofFailure):
    """Same words whatever the number is: another's, an old card's, or nobody's."""

    code = "PROOF-WRONG"
    sentence = "Ce numéro ne nous permet pas de retrouver votre dossier."
    next_step = (
        "Vérifiez-le sur votre permis, chiffre par chiffre. Si c’est bien lui, " + ASK_A_HUMAN[0].lower() + ASK_A_HUMAN[1:]
    )


class SecondProofUnreadable(SecondProofFailure):
    """What was typed has the shape of no number. It costs no try."""

    code = "PROOF-UNREADABLE"
    sentence = (
        "Ce qui est écrit n’a pas la forme d’un numéro de permis : 5 à 19 lettres ou chiffres, le plus souvent 12 chiffres."
    )
    next_step = "Recopiez le numéro tel qu’il est sur votre permis ; les espaces et les points ne comptent pas."
    status = 400


class SecondProofLate(SecondProofFailure):
    code = "PROOF-LATE"
    sentence = "Plus de dix minutes ont passé depuis votre retour de {provider}."
    next_step = TRY_AGAIN
    status = 400


class TooManyTries(SecondProofFailure):
    """Five a day, for one person and for one record."""

    code = "PROOF-TRIES"
    sentence = (
        "Le nombre d’essais de la journée est atteint. C’est une protection : personne ne peut deviner un numéro à votre place."
    )
    next_step = "Réessayez demain, votre permis sous les yeux. C’est pressé ? " + ASK_A_HUMAN
    level = logging.WARNING
    status = 429


class AgentNeeded(IdentityFailure):
    """Someone must compare before anything is linked. The words are the same whatever the reason."""

    sentence = "Vous êtes bien connecté à {provider}, mais nous ne pouvons pas ouvrir votre dossier sans qu’un agent le vérifie."
    next_step = (
        "Votre demande est enregistrée, vous n’avez rien à envoyer. Revenez vous connecter dans quelques jours : si l’agent est"
        " d’accord, votre dossier s’ouvrira. C’est pressé ? " + ASK_A_HUMAN
    )


class WaitingForAgent(AgentNeeded):
    """Two differences, a usage name only, several records and no number that chooses, a record that another subject holds."""

    code = "AGENT-WAITING"


class RecordBlocked(AgentNeeded):
    """Deceased according to the register, or disputed."""

    code = "AGENT-BLOCKED"
    level = logging.WARNING


class RefusedByAgent(IdentityFailure):
    code = "AGENT-REFUSED"
    sentence = "Un agent a comparé votre identité et le registre : il n’a pas pu vous rattacher un dossier."
    next_step = "Ce n’est pas définitif : une correction de l’état civil ou du registre change tout. " + ASK_A_HUMAN

"""Every way a sign-in can fail: a stable code, a sentence, what to do next, a log level.

The code is all that a log may hold. The sentence never says which part of an identity failed to match: that would
let someone guess a stranger's birth day one field at a time.
"""

import logging
from typing import ClassVar

TRY_AGAIN = "Recommencez la connexion depuis le début : cela ne prend qu’une minute."
TRY_LATER = "Réessayez dans quelques minutes. Votre dossier, lui, n’a pas bougé."
ASK_A_HUMAN = "Notez le code ci-dessous et ouvrez la page d’aide : elle dit qui peut regarder avec vous."
SAFE_STOP = "Par sécurité, nous avons arrêté la connexion : personne n’est entré dans votre dossier."


class SignInFailure(Exception):
    """The root. Only leaves are raised; each one states the four things."""

    code: ClassVar[str]
    sentence: ClassVar[str]
    next_step: ClassVar[str]
    level: ClassVar[int]
    status: ClassVar[int]
    """HTTP status of the page that says it."""

    def __init__(self) -> None:
        super().__init__(self.code)


class StateFailure(SignInFailure):
    """The round trip is not the one this browser began."""

    next_step = TRY_AGAIN
    level = logging.INFO
    status = 400


class StateMissing(StateFailure):
    code = "FC-STATE-MISSING"
    sentence = "Le retour de FranceConnect est incomplet : il ne dit pas à quelle connexion il répond."


class StateUnknown(StateFailure):
    code = "FC-STATE-UNKNOWN"
    sentence = "Nous ne reconnaissons pas cette connexion."
    level = logging.WARNING


class StateReplayed(StateFailure):
    code = "FC-STATE-REPLAYED"
    sentence = "Cette étape a déjà servi : une connexion n’est valable qu’une fois."
    next_step = "Si vous êtes déjà connecté, allez à votre solde. Sinon, recommencez la connexion."


class StateExpired(StateFailure):
    code = "FC-STATE-EXPIRED"
    sentence = "Plus de dix minutes ont passé depuis le début de la connexion."


class StateOfAnotherBrowser(StateFailure):
    code = "FC-STATE-OTHER-BROWSER"
    sentence = "Cette connexion a été commencée dans un autre navigateur, ou vos cookies ont été effacés entre-temps."
    level = logging.WARNING


class CallbackFailure(SignInFailure):
    """The provider sent the person back, but not with what is needed."""

    next_step = TRY_AGAIN
    level = logging.WARNING
    status = 400


class CallbackMalformed(CallbackFailure):
    code = "FC-CALLBACK-MALFORMED"
    sentence = "Le retour de FranceConnect est incomplet ou contient une réponse en double."


class IssuerMixedUp(CallbackFailure):
    code = "FC-ISSUER-MIXED-UP"
    sentence = "La réponse reçue ne vient pas du service auquel vous avez été envoyé."
    next_step = SAFE_STOP + " " + TRY_AGAIN


class AccessRefused(CallbackFailure):
    """``access_denied``: the person pressed back or refused, or the civil registry did not recognise the identity."""

    code = "FC-ACCESS-DENIED"
    sentence = "FranceConnect n’a pas confirmé votre identité : vous avez annulé, ou l’état civil n’a pas été reconnu."
    next_step = (
        "Vous pouvez recommencer, avec un autre compte FranceConnect si vous en avez un. Si votre état civil est refusé"
        " à chaque fois, " + ASK_A_HUMAN[0].lower() + ASK_A_HUMAN[1:]
    )
    level = logging.INFO
    status = 403


class RequestRefusedByProvider(CallbackFailure):
    """``invalid_request``, ``invalid_scope``…: our settings and the provider's disagree. An operator must look."""

    code = "FC-REQUEST-REFUSED"
    sentence = "FranceConnect a refusé notre demande. Vous n’y êtes pour rien."
    next_step = ASK_A_HUMAN
    level = logging.ERROR
    status = 502


class GoodbyeUnknown(CallbackFailure):
    """A return from sign-out that answers none of ours. It never ends a session by itself."""

    code = "FC-LOGOUT-STATE"
    sentence = "Ce retour de déconnexion ne répond à aucune déconnexion demandée dans ce navigateur."
    next_step = "Si « Se déconnecter » est encore dans le menu, utilisez-le. Sinon, vous êtes bien déconnecté ici."
    level = logging.INFO


class ProviderFailure(SignInFailure):
    """The provider does not do its part."""

    next_step = TRY_LATER
    level = logging.ERROR
    status = 503


class ProviderNotConfigured(ProviderFailure):
    code = "FC-NOT-CONFIGURED"
    sentence = "FranceConnect n’est pas branché sur cette installation."
    next_step = ASK_A_HUMAN


class ProviderDown(ProviderFailure):
    code = "FC-DOWN"
    sentence = "FranceConnect ne répond pas en ce moment."


class ProviderSlow(ProviderFailure):
    code = "FC-SLOW"
    sentence = "FranceConnect met trop de temps à répondre."


class ProviderUnreadable(ProviderFailure):
    code = "FC-UNREADABLE"
    sentence = "FranceConnect a répondu quelque chose que nous ne savons pas lire."
    status = 502


class AnswerTooLarge(ProviderFailure):
    code = "FC-TOO-LARGE"
    sentence = "FranceConnect a répondu beaucoup plus que prévu."
    status = 502


class CodeRefused(ProviderFailure):
    """``invalid_grant``: the code lives thirty seconds and is good once."""

    code = "FC-CODE-REFUSED"
    sentence = "La réponse de FranceConnect est arrivée trop tard ou a déjà servi."
    next_step = TRY_AGAIN
    level = logging.WARNING
    status = 400


class ClientRefused(ProviderFailure):
    """``invalid_client``: our identifier or secret is wrong."""

    code = "FC-CLIENT-REFUSED"
    sentence = "FranceConnect ne reconnaît pas notre service. Vous n’y êtes pour rien."
    next_step = ASK_A_HUMAN
    status = 502


class TokenFailure(SignInFailure):
    """What was signed is not what it should be. Nobody gets in."""

    sentence = "La réponse de FranceConnect n’a pas passé nos vérifications."
    next_step = SAFE_STOP + " " + TRY_AGAIN
    level = logging.ERROR
    status = 502


class TokenMalformed(TokenFailure):
    code = "FC-TOKEN-MALFORMED"


class AlgorithmRefused(TokenFailure):
    code = "FC-TOKEN-ALGORITHM"


class KeyUnknown(TokenFailure):
    code = "FC-TOKEN-KEY"


class SignatureWrong(TokenFailure):
    code = "FC-TOKEN-SIGNATURE"


class TokenIssuerWrong(TokenFailure):
    code = "FC-TOKEN-ISSUER"


class AudienceWrong(TokenFailure):
    code = "FC-TOKEN-AUDIENCE"


class TokenOutOfTime(TokenFailure):
    code = "FC-TOKEN-TIME"
    sentence = "L’heure de FranceConnect et la nôtre ne s’accordent pas."


class NonceWrong(TokenFailure):
    code = "FC-TOKEN-NONCE"


class LevelTooLow(TokenFailure):
    code = "FC-TOKEN-LEVEL"
    sentence = "Le niveau de sécurité de votre connexion n’est pas suffisant."


class AccessTokenMismatch(TokenFailure):
    code = "FC-TOKEN-AT-HASH"


class SubjectMismatch(TokenFailure):
    code = "FC-SUBJECT-MISMATCH"


class IdentityFailure(SignInFailure):
    """The identity is sure, but it opens no record."""

    next_step = ASK_A_HUMAN
    level = logging.INFO
    status = 403


class IdentityIncomplete(IdentityFailure):
    code = "FC-IDENTITY-INCOMPLETE"
    sentence = "L’identité transmise par FranceConnect est incomplète : elle ne suffit pas pour retrouver un dossier."


class DelegatedSession(IdentityFailure):
    """Someone acts for another (``rep_scope``). Refused: no mandate covers this service."""

    code = "FC-DELEGATED"
    sentence = "Vous agissez au nom d’une autre personne. Un dossier de permis ne s’ouvre qu’à son titulaire."


class RecordNotFound(IdentityFailure):
    code = "FC-RECORD-NOT-FOUND"
    sentence = "Vous êtes bien connecté à FranceConnect, mais nous n’avons pas trouvé votre dossier de permis."
    next_step = (
        "Cela arrive, par exemple après un changement d’état civil ou si vous n’avez pas encore de dossier. " + ASK_A_HUMAN
    )


class SecondProofFailure(IdentityFailure):
    """A record may be his; a number that stands on his licence must say so."""

    level = logging.INFO
    status = 403


class SecondProofAsked(SecondProofFailure):
    """Not the end of the way: the next page asks."""

    sentence = "Vous êtes bien connecté à FranceConnect. Il manque un numéro qui figure sur votre permis."
    next_step = "Gardez votre permis sous la main et recommencez la connexion : la page suivante demande ce numéro."


class LicenceNumberAsked(SecondProofAsked):
    """The file number or that of a card: there is one record only."""

    code = "FC-PROOF-ASKED"


class FileNumberAsked(SecondProofAsked):
    """Several records: only the file number chooses."""

    code = "FC-PROOF-FILE-ASKED"


class SecondProofWrong(SecondProofFailure):
    """Same words whatever the number is: another's, an old card's, or nobody's."""

    code = "FC-PROOF-WRONG"
    sentence = "Ce numéro ne nous permet pas de retrouver votre dossier."
    next_step = (
        "Vérifiez-le sur votre permis, chiffre par chiffre. Si c’est bien lui, " + ASK_A_HUMAN[0].lower() + ASK_A_HUMAN[1:]
    )


class SecondProofUnreadable(SecondProofFailure):
    """What was typed has the shape of no number. It costs no try."""

    code = "FC-PROOF-UNREADABLE"
    sentence = (
        "Ce qui est écrit n’a pas la forme d’un numéro de permis : 5 à 19 lettres ou chiffres, le plus souvent 12 chiffres."
    )
    next_step = "Recopiez le numéro tel qu’il est sur votre permis ; les espaces et les points ne comptent pas."
    status = 400


class SecondProofLate(SecondProofFailure):
    code = "FC-PROOF-LATE"
    sentence = "Plus de dix minutes ont passé depuis votre retour de FranceConnect."
    next_step = TRY_AGAIN
    status = 400


class TooManyTries(SecondProofFailure):
    """Five a day, for one person and for one record."""

    code = "FC-PROOF-TRIES"
    sentence = (
        "Le nombre d’essais de la journée est atteint. C’est une protection : personne ne peut deviner un numéro à votre place."
    )
    next_step = "Réessayez demain, votre permis sous les yeux. C’est pressé ? " + ASK_A_HUMAN
    level = logging.WARNING
    status = 429


class AgentNeeded(IdentityFailure):
    """Someone must compare before anything is linked. The words are the same whatever the reason."""

    sentence = (
        "Vous êtes bien connecté à FranceConnect, mais nous ne pouvons pas ouvrir votre dossier sans qu’un agent le vérifie."
    )
    next_step = (
        "Votre demande est enregistrée, vous n’avez rien à envoyer. Revenez vous connecter dans quelques jours : si l’agent est"
        " d’accord, votre dossier s’ouvrira. C’est pressé ? " + ASK_A_HUMAN
    )


class WaitingForAgent(AgentNeeded):
    """Two differences, a usage name only, several records and no number that chooses, a record that another subject holds."""

    code = "FC-AGENT-WAITING"


class RecordBlocked(AgentNeeded):
    """Deceased according to the register, or disputed."""

    code = "FC-AGENT-BLOCKED"
    level = logging.WARNING


class RefusedByAgent(IdentityFailure):
    code = "FC-AGENT-REFUSED"
    sentence = "Un agent a comparé votre identité et le registre : il n’a pas pu vous rattacher un dossier."
    next_step = "Ce n’est pas définitif : une correction de l’état civil ou du registre change tout. " + ASK_A_HUMAN


class LinkChanged(IdentityFailure):
    """The link says one holder, the identity says another. Never re-linked silently."""

    code = "FC-LINK-CHANGED"
    sentence = "Votre compte et votre dossier ne s’accordent plus. Nous préférons vérifier avant de l’ouvrir."
    level = logging.WARNING


class AccountClosed(IdentityFailure):
    code = "FC-ACCOUNT-CLOSED"
    sentence = "Ce compte est fermé."


def leaves(root: type[SignInFailure] = SignInFailure) -> tuple[type[SignInFailure], ...]:
    """Every failure that can be raised, for the tests and the help pages."""
    below = root.__subclasses__()
    return tuple(leaf for child in below for leaf in leaves(child)) if below else (root,)

"""Every way a sign-in can fail: a stable code, a sentence, what to do next, a log level. One tree for every provider.

The code is all that a log may hold. The sentence never says which part of an identity failed to match: that would
let someone guess a stranger's birth day one field at a time.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from mespoints.identity.words import Provider

TRY_AGAIN = "Recommencez la connexion depuis le début : cela ne prend qu’une minute."
TRY_LATER = "Réessayez dans quelques minutes.{untouched}"
ASK_A_HUMAN = "Notez le code ci-dessous et {help}."
SAFE_STOP = "Par sécurité, nous avons arrêté la connexion : personne n’est entré{where}."

FOR_DRIVERS: Mapping[str, str] = {
    "untouched": " Votre dossier, lui, n’a pas bougé.",
    "help": "ouvrez la page « Accès bloqué » : elle dit qui peut regarder avec vous",
    "where": " dans votre dossier",
    "home": "votre solde",
    "purpose": "retrouver un dossier",
    "stronger": "",
    "unrecognised": "l’état civil n’a pas été reconnu",
    "again": "Si votre état civil est refusé à chaque fois, notez",
}
FOR_AGENTS: Mapping[str, str] = {
    "untouched": "",
    "help": "donnez-le à la personne qui vous a invité",
    "where": "",
    "home": "votre espace",
    "purpose": "savoir qui vous êtes",
    "stronger": " Votre compte professionnel doit demander une seconde preuve : code, application ou clé.",
    "unrecognised": "votre organisation ne vous a pas reconnu",
    "again": "Si votre compte est refusé à chaque fois, notez",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A failure as a person reads it."""

    code: str
    """Begins with the letters of the provider: FC-, FCP-, PC-, LN-."""
    sentence: str
    next_step: str


class SignInFailure(Exception):
    """The root. Only leaves are raised; each one states the four things.

    Whoever raises does not know by which door the person came: the view does, and asks for ``said``.
    """

    code: ClassVar[str]
    """Without the letters of the provider."""
    sentence: ClassVar[str]
    """``{provider}`` stands for its name; the other blanks are those of ``FOR_DRIVERS``."""
    next_step: ClassVar[str]
    level: ClassVar[int]
    status: ClassVar[int]
    """HTTP status of the page that says it."""

    def __init__(self) -> None:
        super().__init__(self.code)

    @classmethod
    def said(cls, provider: Provider) -> Said:
        blanks = {"provider": provider.label, **(FOR_AGENTS if provider.is_for_agents else FOR_DRIVERS)}
        return Said(
            code=f"{provider.letters}-{cls.code}",
            sentence=cls.sentence.format_map(blanks),
            next_step=cls.next_step.format_map(blanks),
        )


class StateFailure(SignInFailure):
    """The round trip is not the one this browser began."""

    next_step = TRY_AGAIN
    level = logging.INFO
    status = 400


class StateMissing(StateFailure):
    code = "STATE-MISSING"
    sentence = "Le retour de {provider} est incomplet : il ne dit pas à quelle connexion il répond."


class StateUnknown(StateFailure):
    code = "STATE-UNKNOWN"
    sentence = "Nous ne reconnaissons pas cette connexion."
    level = logging.WARNING


class StateReplayed(StateFailure):
    code = "STATE-REPLAYED"
    sentence = "Cette étape a déjà servi : une connexion n’est valable qu’une fois."
    next_step = "Si vous êtes déjà connecté, allez à {home}. Sinon, recommencez la connexion."


class StateExpired(StateFailure):
    code = "STATE-EXPIRED"
    sentence = "Plus de dix minutes ont passé depuis le début de la connexion."


class StateOfAnotherBrowser(StateFailure):
    code = "STATE-OTHER-BROWSER"
    sentence = "Cette connexion a été commencée dans un autre navigateur, ou vos cookies ont été effacés entre-temps."
    level = logging.WARNING


class CallbackFailure(SignInFailure):
    """The provider sent the person back, but not with what is needed."""

    next_step = TRY_AGAIN
    level = logging.WARNING
    status = 400


class CallbackMalformed(CallbackFailure):
    code = "CALLBACK-MALFORMED"
    sentence = "Le retour de {provider} est incomplet ou contient une réponse en double."


class IssuerMixedUp(CallbackFailure):
    code = "ISSUER-MIXED-UP"
    sentence = "La réponse reçue ne vient pas du service auquel vous avez été envoyé."
    next_step = SAFE_STOP + " " + TRY_AGAIN


class AccessRefused(CallbackFailure):
    """``access_denied``: the person pressed back or refused, or the civil registry did not recognise the identity."""

    code = "ACCESS-DENIED"
    sentence = "{provider} n’a pas confirmé votre identité : vous avez annulé, ou {unrecognised}."
    next_step = (
        "Vous pouvez recommencer, avec un autre compte {provider} si vous en avez un. {again} le code ci-dessous et {help}."
    )
    level = logging.INFO
    status = 403


class NobodySignedIn(CallbackFailure):
    """``login_required``…: we asked for the session already open over there, and there is none."""

    code = "LOGIN-REQUIRED"
    sentence = "Vous n’avez pas de session ouverte chez {provider}."
    level = logging.INFO
    status = 403


class RequestRefusedByProvider(CallbackFailure):
    """``invalid_request``, ``invalid_scope``…: our settings and the provider's disagree. An operator must look."""

    code = "REQUEST-REFUSED"
    sentence = "{provider} a refusé notre demande. Vous n’y êtes pour rien."
    next_step = ASK_A_HUMAN
    level = logging.ERROR
    status = 502


class GoodbyeUnknown(CallbackFailure):
    """A return from sign-out that answers none of ours. It never ends a session by itself."""

    code = "LOGOUT-STATE"
    sentence = "Ce retour de déconnexion ne répond à aucune déconnexion demandée dans ce navigateur."
    next_step = "Si « Se déconnecter » est encore dans le menu, utilisez-le. Sinon, vous êtes bien déconnecté ici."
    level = logging.INFO


class ProviderFailure(SignInFailure):
    """The provider does not do its part."""

    next_step = TRY_LATER
    level = logging.ERROR
    status = 503


class ProviderNotConfigured(ProviderFailure):
    code = "NOT-CONFIGURED"
    sentence = "{provider} n’est pas branché sur cette installation."
    next_step = ASK_A_HUMAN


class ProviderDown(ProviderFailure):
    code = "DOWN"
    sentence = "{provider} ne répond pas en ce moment."


class ProviderSlow(ProviderFailure):
    code = "SLOW"
    sentence = "{provider} met trop de temps à répondre."


class ProviderUnreadable(ProviderFailure):
    code = "UNREADABLE"
    sentence = "{provider} a répondu quelque chose que nous ne savons pas lire."
    status = 502


class AnswerTooLarge(ProviderFailure):
    code = "TOO-LARGE"
    sentence = "{provider} a répondu beaucoup plus que prévu."
    status = 502


class CodeRefused(ProviderFailure):
    """``invalid_grant``: the code lives thirty seconds and is good once."""

    code = "CODE-REFUSED"
    sentence = "La réponse de {provider} est arrivée trop tard ou a déjà servi."
    next_step = TRY_AGAIN
    level = logging.WARNING
    status = 400


class ClientRefused(ProviderFailure):
    """``invalid_client``: our identifier or secret is wrong."""

    code = "CLIENT-REFUSED"
    sentence = "{provider} ne reconnaît pas notre service. Vous n’y êtes pour rien."
    next_step = ASK_A_HUMAN
    status = 502


class TokenFailure(SignInFailure):
    """What was signed is not what it should be. Nobody gets in."""

    sentence = "La réponse de {provider} n’a pas passé nos vérifications."
    next_step = SAFE_STOP + " " + TRY_AGAIN
    level = logging.ERROR
    status = 502


class TokenMalformed(TokenFailure):
    code = "TOKEN-MALFORMED"


class TokenNotEncrypted(TokenFailure):
    """In clear, where we asked for it to be encrypted to us."""

    code = "TOKEN-IN-CLEAR"


class DecryptionFailed(TokenFailure):
    """Encrypted by a way or to a key that is not ours, or changed on the road."""

    code = "TOKEN-DECRYPTION"


class AlgorithmRefused(TokenFailure):
    code = "TOKEN-ALGORITHM"


class KeyUnknown(TokenFailure):
    code = "TOKEN-KEY"


class SignatureWrong(TokenFailure):
    code = "TOKEN-SIGNATURE"


class TokenIssuerWrong(TokenFailure):
    code = "TOKEN-ISSUER"


class AudienceWrong(TokenFailure):
    code = "TOKEN-AUDIENCE"


class TokenOutOfTime(TokenFailure):
    code = "TOKEN-TIME"
    sentence = "L’heure de {provider} et la nôtre ne s’accordent pas."


class NonceWrong(TokenFailure):
    code = "TOKEN-NONCE"


class LevelTooLow(TokenFailure):
    code = "TOKEN-LEVEL"
    sentence = "Le niveau de sécurité de votre connexion n’est pas suffisant.{stronger}"


class AccessTokenMismatch(TokenFailure):
    code = "TOKEN-AT-HASH"


class SubjectMismatch(TokenFailure):
    code = "SUBJECT-MISMATCH"


class IdentityFailure(SignInFailure):
    """The identity is sure, but it opens no record."""

    next_step = ASK_A_HUMAN
    level = logging.INFO
    status = 403


class IdentityIncomplete(IdentityFailure):
    code = "IDENTITY-INCOMPLETE"
    sentence = "L’identité transmise par {provider} est incomplète : elle ne suffit pas pour {purpose}."


class EuropeanIdentity(IdentityFailure):
    """By the provider of another Member State: no French code of a place of birth. A person must find the record."""

    code = "IDENTITY-EUROPEAN"
    sentence = (
        "Votre identité européenne est bien vérifiée, mais elle ne dit pas votre lieu de naissance comme le fichier français :"
        " nous ne pouvons pas retrouver votre dossier automatiquement."
    )


class DelegatedSession(IdentityFailure):
    """Someone acts for another (``rep_scope``). Refused: no mandate covers this service."""

    code = "DELEGATED"
    sentence = "Vous agissez au nom d’une autre personne. Un dossier de permis ne s’ouvre qu’à son titulaire."


class RecordNotFound(IdentityFailure):
    code = "RECORD-NOT-FOUND"
    sentence = "Vous êtes bien connecté à {provider}, mais nous n’avons pas trouvé votre dossier de permis."
    next_step = (
        "Cela arrive, par exemple après un changement d’état civil. Si vous avez un numéro de dossier, il ouvre le même dossier :"
        " c’est l’autre façon d’entrer. Vous n’en avez pas ? " + ASK_A_HUMAN
    )


class LinkChanged(IdentityFailure):
    """The link says one holder, the identity says another. Never re-linked silently."""

    code = "LINK-CHANGED"
    sentence = "Votre compte et votre dossier ne s’accordent plus. Nous préférons vérifier avant de l’ouvrir."
    level = logging.WARNING


class AccountClosed(IdentityFailure):
    code = "ACCOUNT-CLOSED"
    sentence = "Ce compte est fermé."


def leaves(root: type[SignInFailure] = SignInFailure) -> tuple[type[SignInFailure], ...]:
    """Every failure that can be raised, for the tests and the help pages."""
    below = root.__subclasses__()
    return tuple(leaf for child in below for leaf in leaves(child)) if below else (root,)

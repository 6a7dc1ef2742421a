"""The ways in which somebody whom ProConnect knows well may still not come in.

ProConnect says who a person is and restricts nobody: whom we let in is ours to say.
"""

import logging

from mespoints.identity.failures import IdentityFailure

ASK_FOR_AN_INVITATION = (
    "Demandez à un superviseur ou à un exploitant de ce service de vous inviter, à l’adresse que {provider} donne."
)


class NotInvited(IdentityFailure):
    code = "NOT-INVITED"
    sentence = "Vous êtes bien connecté à {provider}, mais personne ne vous a invité ici."
    next_step = ASK_FOR_AN_INVITATION


class NotApproved(IdentityFailure):
    """Invited by one person: the second has not looked yet."""

    code = "NOT-APPROVED"
    sentence = "Vous êtes invité, mais une deuxième personne doit encore approuver l’invitation."
    next_step = "Revenez quand ce sera fait. Si cela tarde, parlez-en à la personne qui vous a invité."


class InvitationExpired(IdentityFailure):
    code = "INVITATION-EXPIRED"
    sentence = "Votre invitation a plus de quatorze jours : elle n’est plus valable."
    next_step = ASK_FOR_AN_INVITATION


class AgentRevoked(IdentityFailure):
    code = "REVOKED"
    sentence = "Votre accès à ce service a été retiré."
    next_step = "Si c’est une erreur, parlez-en à un superviseur ou à un exploitant : une nouvelle invitation est nécessaire."


class AnotherIdentity(IdentityFailure):
    """The e-mail is right and the person is not the one who came first: an address handed on, a provider changed, or a theft."""

    code = "ANOTHER-IDENTITY"
    sentence = "Cette adresse est déjà celle d’une autre personne ici : elle ne suffit pas à entrer."
    next_step = (
        "Si vous avez changé d’organisme ou de fournisseur d’identité, demandez à un superviseur ou à un exploitant de retirer "
        "l’ancien accès, puis de vous inviter de nouveau."
    )
    level = logging.WARNING


class SecondFactorMissing(IdentityFailure):
    code = "SECOND-FACTOR"
    sentence = "Votre connexion s’est faite sans deuxième facteur. Ici, il en faut un : on y touche aux dossiers des gens."
    next_step = (
        "Activez la double authentification chez votre fournisseur d’identité (application, clé ou code), puis recommencez. "
        "Le service informatique de votre organisme sait vous aider."
    )

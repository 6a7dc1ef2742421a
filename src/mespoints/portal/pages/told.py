"""What is said about a return that later knowledge undid, an offence not yet counted, a licence that ended."""

from typing import assert_never

from mespoints.law.facts import Offence
from mespoints.law.readings.revocations import Revocation, say_revocation
from mespoints.law.record import Record
from mespoints.law.state import Closing, ClosingRule
from mespoints.portal.french import counted, day_in_words, typeset


def revocation(undone: Revocation, record: Record) -> str:
    return typeset(say_revocation(undone, record))


def pending(offence: Offence) -> str:
    return typeset(
        f"{offence_name(offence)}, {day_in_words(offence.committed_on)} : {counted(offence.points, 'point')} en jeu."
        " Rien n'est retiré tant que l'infraction n'est pas établie (amende payée, majorée ou jugement définitif)."
    )


def offence_name(offence: Offence) -> str:
    return offence.label or "Infraction"


def closing_title(ended: Closing) -> str:
    match ended.rule:
        case ClosingRule.INVALIDATION:
            return "Permis invalidé (lettre 48SI)"
        case ClosingRule.ANNULMENT:
            return "Permis annulé par un tribunal"
        case _:
            assert_never(ended.rule)


def closing(ended: Closing) -> tuple[str, str, tuple[str, ...]]:
    """Why the licence ended, what to do, and the articles."""
    match ended.rule:
        case ClosingRule.INVALIDATION:
            return (
                typeset("Le solde était à zéro et la lettre recommandée 48SI vous a été remise ce jour-là."),
                typeset("Ne conduisez plus et remettez votre permis à la préfecture. La page « Mon solde » dit la suite."),
                ("L223-1 al. 3", "R223-3 III"),
            )
        case ClosingRule.ANNULMENT:
            return (
                typeset("Un tribunal a annulé le permis. Le nombre de points n'y est pour rien."),
                typeset("Ne conduisez plus. La décision dit à partir de quand un nouveau permis est possible."),
                (),
            )
        case _:
            assert_never(ended.rule)

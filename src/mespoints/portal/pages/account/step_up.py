"""The page between a person and something sensitive: what is asked, why, and how to give it."""

from dataclasses import dataclass

from mespoints.identity.step_up import Asked, Sensitive
from mespoints.portal.french import typeset
from mespoints.portal.pages.account.forms import Way
from mespoints.portal.pages.doors import Door
from mespoints.portal.pages.frame import Frame

WHY = {
    Sensitive.SETTINGS: "Ce que vous alliez faire touche à la sécurité de votre compte.",
    Sensitive.FACTORS: "Ce que vous alliez faire change ce qui protège votre compte : votre mot de passe n'y suffit pas.",
    Sensitive.SHARING: "Ce que vous alliez faire montre quelque chose de votre dossier à une autre personne.",
    Sensitive.PAPER_WITH_POINTS: "Ce document porte vos points : il ne se remet qu'à vous.",
    Sensitive.PAPER_WITHOUT_POINTS: "",
}
"""The last one is never asked anything."""

NO_FACTOR = (
    "Votre mot de passe ne suffit pas pour ce document. Ajoutez d'abord une protection à votre compte :"
    " c'est fait une fois pour toutes, en deux minutes."
)
BY_FACTOR = "Montrez votre second facteur, puis reprenez où vous en étiez. Cela vaut un quart d'heure."
BY_PROVIDER = "Votre connexion date de plus d'un quart d'heure : identifiez-vous de nouveau, puis reprenez où vous en étiez."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUpPage:
    frame: Frame
    why: str
    what: str
    ways: tuple[Way, ...]
    door: Door | None
    """The provider's, for whoever came by one: by its button, and by nothing else."""
    destination: str
    """The word of the page to come back to from there."""
    way_out: Way | None = None
    """For whoever lost what is asked."""
    back: str
    """Where whoever gives up goes."""


def step_up_page(
    frame: Frame,
    purpose: Sensitive,
    asked: Asked,
    *,
    door: Door | None,
    destination: str,
    ways: tuple[Way, ...],
    adding: tuple[Way, ...],
    back: str,
) -> StepUpPage:
    """``ways``: by which this person can prove; ``adding``: by which he may get one."""
    shown: tuple[Way, ...] = ()
    if door is not None:
        what = BY_PROVIDER
    elif asked is Asked.SECOND_FACTOR and not ways:
        what, shown = NO_FACTOR, adding
    else:
        what, shown = BY_FACTOR, ways
    return StepUpPage(
        frame=frame,
        why=typeset(WHY[purpose]),
        what=typeset(what),
        ways=shown,
        door=door,
        destination=destination,
        back=back,
    )

"""The forecast: each point to come, when, how many, on which condition, by which article."""

from dataclasses import dataclass
from datetime import date

from mespoints.law.readings.forecast import ExpectedMovement, forecast
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.replay import replay
from mespoints.law.state import Status
from mespoints.portal.french import counted, moment_in_words, typeset
from mespoints.portal.pages.curve import Curve, curve
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.gauge import Dots, dots
from mespoints.portal.pages.lines import ArticleLink, Line, expected, links
from mespoints.portal.pages.verdict import MAXIMUM
from mespoints.register.consultation import HolderRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    line: Line
    balance: str
    dots: Dots
    condition: str
    articles: tuple[ArticleLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingToCome:
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastPage:
    frame: Frame
    data_as_of: str | None
    today: str | None
    """None when nothing is to come."""
    curve: Curve | None
    returns: tuple[Return, ...]
    nothing: NothingToCome | None


def forecast_page(consulted: HolderRecord, on: date, frame: Frame) -> ForecastPage:
    state = replay(consulted.record)
    now = situation(state, on)
    coming = forecast(state, consulted.record, on)
    return ForecastPage(
        frame=frame,
        data_as_of=moment_in_words(consulted.data_as_of) if consulted.data_as_of else None,
        today=typeset(f"Aujourd'hui : {counted(now.balance, 'point')} sur {now.ceiling}.") if coming else None,
        curve=curve(state.movements, on) if now.ceiling is not None else None,
        returns=tuple(return_line(each) for each in coming),
        nothing=None if coming else nothing(now),
    )


def return_line(coming: ExpectedMovement) -> Return:
    movement = coming.movement
    return Return(
        line=expected(coming),
        balance=f"{max(movement.account, 0)} sur {movement.ceiling}",
        dots=dots(movement),
        condition=typeset(coming.condition),
        articles=links(coming.articles),
    )


def nothing(now: Situation) -> NothingToCome:
    match now.status:
        case Status.NONE:
            title, text = "Pas encore de points", "Les points arrivent le jour où vous obtenez le permis."
        case Status.INVALIDATED | Status.ANNULLED:
            title, text = "Ce compte est fermé", "Un nouveau permis ouvrira un nouveau compte, avec six points au départ."
        case _ if now.balance == MAXIMUM:
            title, text = "Rien ne manque", "Vous avez tous vos points : il n'y a rien à attendre."
        case _:
            title, text = "Aucun retour n'est prévu", "Aucun point ne revient de lui-même. Un stage peut vous en rendre."
    return NothingToCome(title=typeset(title), text=typeset(text))

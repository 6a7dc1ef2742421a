"""Two sentences where there is nothing to do: what was looked for is not there, or is settled."""

from dataclasses import dataclass

from mespoints.desk.pages.frame import Frame, Place

BACK = {
    Place.NIGHTS: "Toutes les nuits",
    Place.QUARANTINE: "Toute la quarantaine",
    Place.INCIDENTS: "Tous les incidents",
    Place.RECONCILIATION: "Tous les écarts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    frame: Frame
    title: str
    told: str
    back: Place

    @property
    def back_label(self) -> str:
        return BACK[self.back]

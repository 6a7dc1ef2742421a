"""The doors of the service: for whom, what one needs, how sure it is. The same rows on the home page and where one signs in."""

from dataclasses import dataclass

from mespoints.portal.french import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    slug: str
    name: str
    for_whom: str
    needed: str
    level: str
    takes: str
    """Time, the first time."""
    button: str
    route: str
    is_posted: bool
    """A form that leaves for elsewhere; otherwise a link to a page of ours."""


FRANCECONNECT = Door(
    slug="franceconnect",
    name="FranceConnect",
    for_whom=typeset("Toute personne qui a un permis français ou qui le prépare"),
    needed=typeset("Un compte que vous utilisez déjà : impôts, assurance maladie, La Poste…"),
    level=typeset("Élevé : votre identité est vérifiée avant d'arriver ici"),
    takes=typeset("Une minute. Rien à créer ici"),
    button="S’identifier avec FranceConnect",
    route="portal:franceconnect_start",
    is_posted=True,
)
FRANCECONNECT_PLUS = Door(
    slug="franceconnect-plus",
    name="FranceConnect+",
    for_whom=typeset("Les mêmes, avec une identité numérique vérifiée en personne"),
    needed=typeset("France Identité, ou L'Identité Numérique La Poste"),
    level=typeset("Élevé, avec une preuve de plus à chaque fois"),
    takes=typeset("Une minute. Rien à créer ici"),
    button="S’identifier avec FranceConnect+",
    route="portal:franceconnect_plus_start",
    is_posted=True,
)
LICENCE_NUMBER = Door(
    slug="numero",
    name="Numéro de dossier (NEPH)",
    for_whom=typeset("Jeunes conducteurs, élèves, et toute personne qui n'a pas FranceConnect"),
    needed=typeset("Le numéro de dossier, une adresse électronique, et celle que l'administration connaît"),
    level=typeset("Moyen : un code envoyé à cette adresse ouvre votre dossier"),
    takes=typeset("Dix minutes la première fois, puis un mot de passe"),
    button="Entrer par le numéro de dossier",
    route="portal:number_path",
    is_posted=False,
)


def doors(*, has_franceconnect: bool, has_franceconnect_plus: bool, has_messages: bool) -> tuple[Door, ...]:
    """Those that are there. Without messages no code can leave, so that the number leads nowhere."""
    return tuple(
        door
        for door, is_there in (
            (FRANCECONNECT, has_franceconnect),
            (FRANCECONNECT_PLUS, has_franceconnect_plus),
            (LICENCE_NUMBER, has_messages),
        )
        if is_there
    )

"""The page that asks for a number of the licence. It is the same whatever made it necessary."""

from dataclasses import dataclass

from mespoints.identity.failures import Said
from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Frame, frame


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondProofPage:
    frame: Frame
    provider: str
    """Its name."""
    only_a_file_number: bool
    """Several records: the number of a card would not choose."""
    typed: str
    """What was typed and did not do, given back to be corrected."""
    error: str | None
    next_step: str
    code: str


def second_proof_page(
    *, only_a_file_number: bool, provider: str, typed: str, said: Said | None, has_invented_data: bool
) -> SecondProofPage:
    title = "Erreur – Un numéro de votre permis" if said else "Un numéro de votre permis"
    return SecondProofPage(
        frame=frame(title, here=None, is_signed_in=False, has_invented_data=has_invented_data),
        provider=provider,
        only_a_file_number=only_a_file_number,
        typed=typed,
        error=typeset(said.sentence) if said else None,
        next_step=typeset(said.next_step) if said else "",
        code=said.code if said else "",
    )

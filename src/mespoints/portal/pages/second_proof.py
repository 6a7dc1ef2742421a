"""The page that asks for a number of the licence. It is the same whatever made it necessary."""

from dataclasses import dataclass

from mespoints.identity.failures import SignInFailure
from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Frame, frame


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondProofPage:
    frame: Frame
    only_a_file_number: bool
    """Several records: the number of a card would not choose."""
    typed: str
    """What was typed and did not do, given back to be corrected."""
    error: str | None
    next_step: str
    code: str


def second_proof_page(
    *, only_a_file_number: bool, typed: str, failure: SignInFailure | None, has_invented_data: bool
) -> SecondProofPage:
    title = "Erreur – Un numéro de votre permis" if failure else "Un numéro de votre permis"
    return SecondProofPage(
        frame=frame(title, here=None, is_signed_in=False, has_invented_data=has_invented_data),
        only_a_file_number=only_a_file_number,
        typed=typed,
        error=typeset(failure.sentence) if failure else None,
        next_step=typeset(failure.next_step) if failure else "",
        code=failure.code if failure else "",
    )

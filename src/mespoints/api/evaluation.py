"""The law's answer, exactly that of the command; only the number of events is held tighter."""

from typing import Any

from mespoints.api.limits import MOST_EVENTS, event_count
from mespoints.api.reading import Asked
from mespoints.law.case_fields import CaseError, refuse
from mespoints.law.case_format import evaluate

Answer = dict[str, Any]


def answer(asked: Asked) -> Answer | list[Answer]:
    """A list is answered whole, each refusal in its place; raises CaseError when the only case is refused."""
    if asked.is_list:
        return [answer_or_error(document) for document in asked.documents]
    return answer_one(asked.documents[0])


def answer_or_error(document: object) -> Answer:
    try:
        return answer_one(document)
    except CaseError as error:
        return dict(error.as_json())


def answer_one(document: object) -> Answer:
    count = event_count(document)
    if count > MOST_EVENTS:
        what_to_do = "La commande « mespoints evaluate » en accepte davantage, sur votre machine."
        refuse(
            "too_large", "events", f"trouvé {count} événements ; attendu {MOST_EVENTS} au plus par cette adresse. {what_to_do}"
        )
    return evaluate(document)

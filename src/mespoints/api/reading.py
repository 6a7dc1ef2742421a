"""From an HTTP request to cases. A request that cannot be read is a value: it is counted like the others, then refused."""

from dataclasses import dataclass

from django.http import HttpRequest

from mespoints.api.limits import HEAVIEST_REQUEST, LARGEST_BODY, weight
from mespoints.api.refusals import Refusal
from mespoints.law.case_fields import CaseError
from mespoints.law.case_json import read_json

JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    documents: tuple[object, ...]
    is_list: bool

    @property
    def weight(self) -> int:
        return sum(weight(document) for document in self.documents)


def read(request: HttpRequest) -> Asked | CaseError:
    try:
        document = read_json(body(request))
        asked = Asked(
            documents=tuple(document) if isinstance(document, list) else (document,), is_list=isinstance(document, list)
        )
        check_weight(asked)
    except CaseError as error:
        return error
    return asked


def body(request: HttpRequest) -> bytes:
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if request.content_type != JSON or charset != "utf-8":
        raise Refusal("media_type", f"corps d’un autre type que {JSON} ; attendu l’en-tête « Content-Type: {JSON} ».")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Refusal("media_type", "corps compressé ; attendu du JSON sans « Content-Encoding ».")
    return read_at_most(request, LARGEST_BODY, "Envoyez vos cas en plusieurs fois.")


def read_at_most(request: HttpRequest, largest: int, what_to_do: str) -> bytes:
    """Reads no more than what is accepted (bytes), and nothing when more is announced."""
    announced = request.headers.get("Content-Length", "")
    if not (announced.isascii() and announced.isdigit()):
        raise Refusal("length_required", "longueur du corps non annoncée ; attendu l’en-tête « Content-Length ».")
    # Longer than any number that fits: not even converted.
    if len(announced) > len(str(largest)) or int(announced) > largest:
        raise Refusal(
            "too_large",
            f"trouvé un corps de {announced[:20]} octets ; attendu {largest} au plus. {what_to_do}",
        )
    try:
        return request.read(int(announced))
    except OSError:
        raise Refusal("json", "corps interrompu avant sa fin ; attendu tout ce qui est annoncé.") from None


def check_weight(asked: Asked) -> None:
    """Before anything is computed. The number of cases needs no limit of its own: none weighs less than one."""
    if len(asked.documents) > HEAVIEST_REQUEST:
        raise Refusal(
            "too_large", f"trouvé {len(asked.documents)} cas ; attendu {HEAVIEST_REQUEST} au plus. Envoyez-les en plusieurs fois."
        )
    if asked.weight > HEAVIEST_REQUEST:
        raise Refusal(
            "too_large",
            f"trouvé {len(asked.documents)} cas qui comptent pour {asked.weight}, à cause de leurs nombreux événements ; "
            f"attendu {HEAVIEST_REQUEST} au plus. Envoyez-les en plusieurs fois.",
        )

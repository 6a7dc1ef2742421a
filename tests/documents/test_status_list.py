"""The published list: the draft's own examples, what it says of a paper, and all that it does not."""

from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path
from typing import Any
from zlib import decompress

import pytest
from joserfc import jwt

from mespoints.documents import status_list
from mespoints.documents.life import withdraw
from mespoints.documents.models import IssuedDocument, StatusList
from mespoints.documents.status_list import PLACES, StatusKeyUnusable, encoded, load_status_key, token
from mespoints.documents.visible_code.signature import generate_test_key
from mespoints.register.models import Holder
from tests.documents.issuing import issued
from tests.documents.statements import ISSUED_AT, attestation
from tests.register.entering import enter
from tests.register.entering import holder as arriving

BASE = "https://points.example.fr"
NOW = ISSUED_AT + timedelta(hours=1)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return generate_test_key(tmp_path / "status.pem")


@pytest.fixture
def holder(db: None) -> int:
    enter(1, [arriving()])
    return Holder.objects.get().pk


def packed(lst: str) -> bytes:
    return decompress(urlsafe_b64decode(lst + "=" * (-len(lst) % 4)))


def code_at(lst: str, index: int) -> int:
    """Read as the draft says, not as it was written: two bits, the first place in the lowest."""
    return packed(lst)[index // 4] >> (index % 4) * 2 & 0b11


def claims(signed: str | None, key: Path) -> dict[str, Any]:
    assert signed is not None
    return dict(jwt.decode(signed, load_status_key(key), algorithms=["ES256"]).claims)


def test_the_order_of_bits_is_that_of_the_draft() -> None:
    """Its example of two bits: 1 2 0 3 0 1 0 1 1 2 3 3 is C9 44 F9."""
    statuses = dict(enumerate([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]))
    assert packed(encoded(statuses))[:4].hex() == "c944f900"


def test_the_size_is_always_the_same() -> None:
    assert len(packed(encoded({}))) == len(packed(encoded({PLACES - 1: 3}))) == PLACES // 4


def test_a_token_is_signed_dated_and_says_where_it_is(holder: int, key: Path) -> None:
    issued(attestation(), holder)
    signed = token(1, NOW, base_url=BASE, key_file=key)
    assert signed is not None
    header = jwt.decode(signed, load_status_key(key), algorithms=["ES256"]).header
    assert (header["alg"], header["typ"]) == ("ES256", "statuslist+jwt")
    said = claims(signed, key)
    assert set(said) == {"sub", "iat", "exp", "ttl", "status_list"}
    assert said["sub"] == f"{BASE}/statuts/1"
    assert said["iat"] <= NOW.timestamp() < said["iat"] + said["ttl"] < said["exp"]
    assert set(said["status_list"]) == {"bits", "lst"}


def test_each_fate_has_its_code_and_nothing_else_moves(holder: int, key: Path) -> None:
    old = issued(attestation(), holder)
    gone = issued(attestation(categories=()), holder, days_later=1)
    new = issued(attestation(categories=()), holder, days_later=2)
    withdraw(holder, gone.reference, NOW)
    lst = claims(token(1, NOW, base_url=BASE, key_file=key), key)["status_list"]["lst"]
    places = [paper.status_index for paper in (old, gone, new)]
    assert len(set(places)) == 3
    assert [code_at(lst, place) for place in places if place is not None] == [3, 1, 0]
    assert sum(code_at(lst, place) != 0 for place in range(PLACES)) == 2


def test_an_issue_does_not_show(holder: int, key: Path) -> None:
    issued(attestation(), holder)
    before = token(1, NOW, base_url=BASE, key_file=key)
    issued(attestation(), holder)
    assert token(1, NOW, base_url=BASE, key_file=key) == before


def test_a_withdrawal_shows_at_once(holder: int, key: Path) -> None:
    paper = issued(attestation(), holder)
    before = claims(token(1, NOW, base_url=BASE, key_file=key), key)
    withdraw(holder, paper.reference, NOW)
    assert claims(token(1, NOW, base_url=BASE, key_file=key), key) != before


def test_a_list_is_read_and_signed_once_while_nothing_changes(
    holder: int, key: Path, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued(attestation(), holder)
    first = token(1, NOW, base_url=BASE, key_file=key)
    monkeypatch.setattr(status_list, "compress", lambda *_: 1 // 0)
    with django_assert_num_queries(1):
        assert token(1, NOW, base_url=BASE, key_file=key) == first
    # Signed anew once its time to live has passed, and still not compressed again.
    assert token(1, NOW + timedelta(minutes=5), base_url=BASE, key_file=key) != first


def test_the_first_list_is_there_before_any_paper(db: None, key: Path) -> None:
    assert token(1, NOW, base_url=BASE, key_file=key) is not None
    assert token(2, NOW, base_url=BASE, key_file=key) is None


def test_a_list_half_full_opens_the_next(holder: int) -> None:
    first = issued(attestation(), holder)
    StatusList.objects.update(given=PLACES // 2)
    second = issued(attestation(), holder)
    assert (first.status_list_id, second.status_list_id) == (1, 2)


def test_a_place_is_given_once(holder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr("mespoints.documents.status_list.secrets.randbelow", lambda _: next(drawn))
    issued(attestation(), holder)
    issued(attestation(), holder)
    assert set(IssuedDocument.objects.values_list("status_index", flat=True)) == {7, 8}


def test_a_key_that_does_not_serve_says_why(tmp_path: Path) -> None:
    with pytest.raises(StatusKeyUnusable, match="pas de clé privée"):
        load_status_key(tmp_path / "nowhere.pem")

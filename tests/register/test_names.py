import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.register.names import given_names_key, name_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lefèvre", "LEFEVRE"),
        ("d’Œuvre-Lefèvre", "D OEUVRE LEFEVRE"),
        ("D'OEUVRE LEFEVRE", "D OEUVRE LEFEVRE"),
        ("  de   La  Tour ", "DE LA TOUR"),
        ("Ægidius", "AEGIDIUS"),
        ("N´Diaye", "N DIAYE"),
        ("ﬁlaire", "FILAIRE"),
    ],
)
def test_two_ways_of_writing_a_name_have_one_key(name: str, key: str) -> None:
    assert name_key(name) == key


def test_given_names_are_one_key_in_order() -> None:
    assert given_names_key(("Jean-Luc", "Zoé")) == given_names_key(("Jean", "Luc Zoe")) == "JEAN LUC ZOE"
    assert given_names_key(("Zoé", "Jean-Luc")) != given_names_key(("Jean-Luc", "Zoé"))
    assert given_names_key(()) == ""


@given(st.text(alphabet="àéîœŒçñ'’- aZ", max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)

"""What holds for any identity and any record, not only for those one thought of."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mespoints.identity.matching.communes import commune_history
from mespoints.identity.matching.dates import same_birth_date
from mespoints.identity.matching.decision import Likeness, Verdict, decide, match
from mespoints.identity.matching.names import likeness, same_birth_name
from mespoints.identity.matching.reasons import Strength
from mespoints.register.identities import Candidate, PivotIdentity
from mespoints.register.names import joined_key, name_key, search_keys

HISTORY = commune_history()
BEST_FIRST = list(Verdict)

names = st.one_of(
    st.sampled_from(
        ["D’Urmont", "DURMONT", "D URMONT", "de La Tourelle", "TOURELLE", "N'Dorval", "Lœuillet", "Van Den", "Brin-Dacier"]
    ),
    st.text(alphabet="abDdlLNéîœŒßøłđ’' -.", min_size=1, max_size=20),
)
given_lists = st.lists(
    st.sampled_from(["Odile", "Marie", "Marie-Ange", "Jean Loup", "Jean", "Loup", "O."]), min_size=1, max_size=3
).map(tuple)
birth_dates = st.sampled_from(["1971-04-18", "1971-04-00", "1971-00-00", "1971-05-18", "1955-04-18", "1955-00-00"])
places = st.sampled_from(
    [
        *(("99100", commune) for commune in ("01091", "01033", "01126", "75113", "75056", "91001", "78001", "20004", "2A004")),
        *[("99100", None), ("99352", None), ("99131", "59350")],
    ]
)


@st.composite
def pivots(draw: Any) -> PivotIdentity:
    country, commune = draw(places)
    return PivotIdentity(
        birth_name=draw(names),
        given_names=draw(given_lists),
        sex=draw(st.sampled_from(["M", "F", "X"])),
        birth_date=draw(birth_dates),
        birth_commune=commune,
        birth_country=country,
        usage_name=draw(st.none() | names),
    )


def as_record(pivot: PivotIdentity, holder_id: int = 1, **changes: Any) -> Candidate:
    fields = {field: getattr(pivot, field) for field in PivotIdentity.__dataclass_fields__}
    return Candidate(**{**fields, "holder_id": holder_id, "file_number": f"1503992{holder_id:05}", **changes})


@st.composite
def pairs(draw: Any) -> tuple[PivotIdentity, Candidate]:
    """Near one another: each field is the same, or drawn anew."""
    pivot, other = draw(pivots()), draw(pivots())
    fields = [field for field in ("birth_name", "given_names", "sex", "birth_date", "usage_name") if draw(st.booleans())]
    changes = {field: getattr(other, field) for field in fields}
    if draw(st.booleans()):
        changes |= {"birth_country": other.birth_country, "birth_commune": other.birth_commune}
    return pivot, as_record(pivot, **changes)


@given(names, names)
def test_names_are_compared_the_same_either_way_round(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert same_birth_name(a, b) == same_birth_name(b, a)


@given(names)
def test_normalising_twice_changes_nothing_more(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
    assert joined_key(joined_key(name)) == joined_key(name)
    assert name_key(name) in search_keys(name) or not name_key(name)


@given(birth_dates, birth_dates)
def test_birth_dates_are_compared_the_same_either_way_round(a: str, b: str) -> None:
    assert same_birth_date(a, b) == same_birth_date(b, a)
    assert same_birth_date(a, a) == ("-00" not in a)


@given(pairs())
def test_places_names_and_dates_weigh_the_same_either_way_round(pair: tuple[PivotIdentity, Candidate]) -> None:
    """All but given names, whose beginning counts on one side only."""
    pivot, record = pair
    there = match(replace(pivot, given_names=("Odile",)), replace(record, given_names=("Odile",)), HISTORY)
    swapped = PivotIdentity(
        **{field: getattr(record, field) for field in PivotIdentity.__dataclass_fields__} | {"given_names": ("Odile",)}
    )
    back = match(swapped, as_record(replace(pivot, given_names=("Odile",))), HISTORY)
    # A date partly unknown is judged by the earliest day it can be, which is not the same from each side.
    if pivot.birth_date == record.birth_date:
        assert there.reasons == back.reasons


@given(pairs())
def test_nothing_links_on_one_field(pair: tuple[PivotIdentity, Candidate]) -> None:
    """Every field but one made to conflict: the record is nobody's, whatever the field left."""
    pivot, record = pair
    against: dict[str, dict[str, Any]] = {
        "birth_name": {"birth_name": "ZZYZX", "usage_name": None},
        "given_names": {"given_names": ("ZZYZX",)},
        "sex": {"sex": "F" if pivot.sex == "M" else "M"},
        "birth_date": {"birth_date": "1899-01-01"},
        "place": {"birth_country": "99404", "birth_commune": None},
    }
    for left in against:
        changes = {name: value for field, change in against.items() if field != left for name, value in change.items()}
        assert match(pivot, replace(record, **changes), HISTORY).likeness is Likeness.NONE


@given(st.lists(pairs(), min_size=1, max_size=4), st.randoms())
def test_the_order_of_candidates_does_not_count(drawn: list[tuple[PivotIdentity, Candidate]], random: Any) -> None:
    pivot = drawn[0][0]
    records = [as_record(pivot, 1), *(replace(record, holder_id=rank) for rank, (_, record) in enumerate(drawn, 2))]
    shuffled = random.sample(records, len(records))
    assert decide(pivot, records, HISTORY) == decide(pivot, shuffled, HISTORY)


@given(pairs(), st.sampled_from(["birth_name", "given_names", "sex", "birth_date", "place"]))
def test_one_more_conflict_never_betters_a_verdict(pair: tuple[PivotIdentity, Candidate], field: str) -> None:
    pivot, record = pair
    conflicting: dict[str, dict[str, Any]] = {
        "birth_name": {"birth_name": "ZZYZX"},
        "given_names": {"given_names": ("ZZYZX",)},
        "sex": {"sex": "F" if pivot.sex == "M" else "M"},
        "birth_date": {"birth_date": "1899-01-01"},
        "place": {"birth_country": "99404", "birth_commune": None},
    }
    # An unspecified sex conflicts with nothing: it would be another question.
    if field == "sex" and "X" in {pivot.sex, record.sex}:
        return
    before, after = (decide(pivot, [each], HISTORY).verdict for each in (record, replace(record, **conflicting[field])))
    assert BEST_FIRST.index(after) >= BEST_FIRST.index(before)


@given(pairs())
def test_a_link_by_itself_needs_every_field_strictly_equal(pair: tuple[PivotIdentity, Candidate]) -> None:
    pivot, record = pair
    decided = decide(pivot, [record], HISTORY)
    if decided.verdict is Verdict.LINK:
        assert all(reason.strength >= Strength.STRICT for reason in decided.matches[0].reasons)
        assert "X" not in {pivot.sex, record.sex}
        assert "-00" not in pivot.birth_date + record.birth_date

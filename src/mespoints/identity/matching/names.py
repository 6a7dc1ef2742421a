"""Birth names, given names, usage names."""

from mespoints.identity.matching.reasons import Field, Reason, Strength, Why, conflict, soft, strict
from mespoints.register.identities import Candidate, PivotIdentity
from mespoints.register.names import beginning_and_core, given_names_key, is_part_of, joined_key, name_key


def birth_name(pivot: PivotIdentity, record: Candidate) -> Reason:
    why = likeness(pivot.birth_name, record.birth_name)
    if why is Why.EQUAL:
        return strict(Field.BIRTH_NAME)
    if why is not None:
        return soft(Field.BIRTH_NAME, why)
    if _usage_name_instead(pivot, record):
        return Reason(field=Field.BIRTH_NAME, why=Why.USAGE_NAME, strength=Strength.USAGE_ONLY)
    return conflict(Field.BIRTH_NAME)


def given_names(pivot: PivotIdentity, record: Candidate) -> Reason:
    """Element by element when the register tells them apart, else word by word. An initial is another name."""
    ours, theirs = _keys(record.given_names), _keys(pivot.given_names)
    our_words, their_words = given_names_key(ours).split(), given_names_key(theirs).split()
    if not ours or not theirs:
        return conflict(Field.GIVEN_NAMES)
    is_one_text = len(ours) == 1 and " " in record.given_names[0].strip() and "-" not in record.given_names[0]
    if ours == theirs or (is_one_text and our_words == their_words):
        return strict(Field.GIVEN_NAMES)
    if our_words == their_words:
        return soft(Field.GIVEN_NAMES, Why.SPLIT_OTHERWISE)
    if ours == theirs[: len(ours)] or (is_one_text and our_words == their_words[: len(our_words)]):
        return soft(Field.GIVEN_NAMES, Why.FIRST_NAMES_ONLY)
    return conflict(Field.GIVEN_NAMES)


def usage_name(pivot: PivotIdentity, record: Candidate) -> Reason | None:
    """A support that changes no verdict; None when there is nothing to say. No provider verifies it, so it never conflicts."""
    if not likeness(pivot.birth_name, record.birth_name):
        return None  # said already: all that is left is the usage name
    if pivot.usage_name and record.usage_name and likeness(pivot.usage_name, record.usage_name):
        return Reason(field=Field.USAGE_NAME, why=Why.EQUAL, strength=Strength.SUPPORT)
    return None


def likeness(a: str, b: str) -> Why | None:
    """``EQUAL``, ``APOSTROPHE``, ``PARTICLE``, or None: two names. The same either way round."""
    if not name_key(a) or not name_key(b):
        return None
    if name_key(a) == name_key(b):
        return Why.EQUAL
    if joined_key(a) == joined_key(b):
        return Why.APOSTROPHE
    (one, core), (other, other_core) = beginning_and_core(a), beginning_and_core(b)
    if core == other_core and (is_part_of(one, other) or is_part_of(other, one)):
        return Why.PARTICLE
    return None


def same_birth_name(a: str, b: str) -> bool:
    """Strictly: accents, case, hyphens and apostrophes apart. An empty name equals nothing."""
    return likeness(a, b) is Why.EQUAL


def _usage_name_instead(pivot: PivotIdentity, record: Candidate) -> bool:
    pairs = (
        (pivot.birth_name, record.usage_name),
        (pivot.usage_name, record.birth_name),
        (pivot.usage_name, record.usage_name),
    )
    return any(theirs and ours and likeness(theirs, ours) for theirs, ours in pairs)


def _keys(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in map(name_key, names) if key)

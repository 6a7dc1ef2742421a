"""A message travels in clear: it tells nothing of the file, and no link teaches people to follow links."""

import re
from datetime import UTC, datetime
from string import Formatter

import pytest

from mespoints.messages.templates import TemplateCode, template, words

PRODUCT = "Mes points permis"
MOMENT = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("code", TemplateCode)
def test_nothing_of_the_person_can_enter_a_message(code: TemplateCode) -> None:
    text = template(code)
    assert list(Formatter().parse(text.subject)) == [(text.subject, None, None, None)]
    assert {name for _, name, _, _ in Formatter().parse(text.body) if name is not None} <= {"day", "hour", "code"}


def test_a_code_enters_the_message_made_for_it_and_no_other() -> None:
    assert {code for code in TemplateCode if template(code).carries_a_code} == {TemplateCode.ACTIVATION_CODE}
    with pytest.raises(ValueError, match="one-time code"):
        words(TemplateCode.SIGN_IN_NOTICE, MOMENT, "BCDF-GHJK")
    with pytest.raises(ValueError, match="one-time code"):
        words(TemplateCode.ACTIVATION_CODE, MOMENT)


@pytest.mark.parametrize("code", TemplateCode)
def test_a_message_has_no_link_and_no_points(code: TemplateCode) -> None:
    text = words(code, MOMENT, "BCDF-GHJK" if template(code).carries_a_code else None)
    said = f"{text.subject}\n{text.body}"
    assert not re.search(r"https?:|www\.|://|@|\b\w+\.(fr|com|org|net|eu|example)\b|<", said, re.IGNORECASE)
    assert not re.search(r"point|solde|infraction|retrait|dossier", said.replace(PRODUCT, ""), re.IGNORECASE)


def test_the_moment_is_told_in_the_time_of_paris() -> None:
    summer = words(TemplateCode.SIGN_IN_NOTICE, datetime(2026, 7, 31, 22, 5, tzinfo=UTC))
    assert "le 1er août 2026 à 0 h 05" in summer.body
    winter = words(TemplateCode.SIGN_IN_NOTICE, datetime(2026, 11, 23, 4, 5, tzinfo=UTC))
    assert "le 23 novembre 2026 à 5 h 05" in winter.body

"""A message travels in clear: it tells nothing of the file, and no link teaches people to follow links."""

import re
from datetime import UTC, datetime
from string import Formatter

import pytest

from mespoints.messages.templates import TemplateCode, template, words

PRODUCT = "Mes points permis"


@pytest.mark.parametrize("code", TemplateCode)
def test_nothing_of_the_person_can_enter_a_message(code: TemplateCode) -> None:
    text = template(code)
    assert list(Formatter().parse(text.subject)) == [(text.subject, None, None, None)]
    allowed = {"day", "hour", "code"} if code.carries_code else {"day", "hour"}
    assert {name for _, name, _, _ in Formatter().parse(text.body) if name is not None} <= allowed


@pytest.mark.parametrize("code", TemplateCode)
def test_a_message_has_no_link_and_no_points(code: TemplateCode) -> None:
    text = words(code, datetime(2026, 11, 23, 4, 5, tzinfo=UTC), "1234-5678" if code.carries_code else None)
    said = f"{text.subject}\n{text.body}"
    assert not re.search(r"https?:|www\.|://|@|\b\w+\.(fr|com|org|net|eu|example)\b|<", said, re.IGNORECASE)
    assert not re.search(r"point|solde|infraction|retrait|dossier", said.replace(PRODUCT, ""), re.IGNORECASE)


def test_the_moment_is_told_in_the_time_of_paris() -> None:
    summer = words(TemplateCode.SIGN_IN_NOTICE, datetime(2026, 7, 31, 22, 5, tzinfo=UTC))
    assert "le 1er août 2026 à 0 h 05" in summer.body
    winter = words(TemplateCode.SIGN_IN_NOTICE, datetime(2026, 11, 23, 4, 5, tzinfo=UTC))
    assert "le 23 novembre 2026 à 5 h 05" in winter.body


def test_a_code_goes_to_the_templates_that_carry_one_and_to_no_other() -> None:
    moment = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
    assert "\n    1234-5678\n" in words(TemplateCode.EMAIL_CODE, moment, "1234-5678").body
    with pytest.raises(ValueError, match="email_code"):
        words(TemplateCode.EMAIL_CODE, moment)
    with pytest.raises(ValueError, match="sign_in_notice"):
        words(TemplateCode.SIGN_IN_NOTICE, moment, "1234-5678")

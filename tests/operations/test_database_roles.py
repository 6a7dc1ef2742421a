"""What PostgreSQL lets each role do, tried as that role."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from mespoints.documents.life import erase_ended, withdraw
from mespoints.documents.share import Answer, erase_ended_shares, open_share, share, typed_code
from mespoints.identity.agents import agent, agents, invitations, revoke
from mespoints.identity.licence_number import ask, confirm
from mespoints.identity.models import Account
from mespoints.identity.roles import Role
from mespoints.law.facts import OffenceClass
from mespoints.operations.database_roles import RolesRefused, grant_roles
from mespoints.register.arrivals import ContactArrival, ContactKind
from mespoints.register.chain import ends, verify
from mespoints.register.consultation import Reader, ReaderRole, record
from mespoints.register.retention import due
from tests.documents.issuing import issued
from tests.documents.statements import attestation
from tests.documents.test_share import NOW as SHARED_AT
from tests.documents.test_share import WISH
from tests.identity.agents_at_hand import ANNE, SECOND, let_in
from tests.identity.claims import NOW as CLAIMED_AT
from tests.identity.claims import applicant, claim, code_in, courier, password_account
from tests.register.entering import DATA_DAY, NUMBER, READER, arrival, enter, execute, figures, holder, licence, offence, read

pytestmark = pytest.mark.django_db

ROLES = ("reader", "portal", "desk", "feed", "audit", "night", "retention")
TABLE_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")


@pytest.fixture(autouse=True)
def granted() -> None:
    grant_roles()
    enter(1, [holder(), licence(), arrival(3, offence())])


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    execute(f"set local role mespoints_{role}")
    yield
    execute("set local role none")


def refused(role: str, statement: str) -> bool:
    """Whether PostgreSQL refuses for want of a right, and for nothing else."""
    try:
        with transaction.atomic(), acting_as(role):
            execute(statement)
    except ProgrammingError as error:
        assert "permission denied" in str(error)  # noqa: PT017 - the reason is part of the answer
        return True
    return False


@pytest.mark.parametrize("role", ["reader", "portal", "desk", "night"])
def test_a_record_is_read_and_traced(role: str) -> None:
    with acting_as(role):
        found = record(NUMBER, Reader(account_id=1, role=ReaderRole.AGENT, reason="test"))
    assert len(found.record.facts) == 2
    assert execute("select reason from access_log_accesstrace") == [("test",)]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into register_entry select * from register_entry",
        "insert into register_holder select * from register_holder",
        "update register_holder set birth_name = ''",
        "delete from register_licence",
        "select address from register_contact",
        "select salt from register_entry",
        "select body from messages_outbox",
        "select recipient from messages_outbox",
        "update messages_outbox set recipient = 'me@example.org'",
        "select * from register_chainhead",
        "select * from register_projection",
        "select * from access_log_accesstrace",
        "select raw from feed_quarantine",
        "select * from feed_statedbalance",
        "delete from identity_account",
        "select subject from identity_agent",
        "select * from identity_invitationstep",
        "insert into identity_invitation (email, role, expires_at) values ('e', 'operator', now())",
    ],
)
def test_the_portal_neither_enters_nor_reads_what_it_need_not(statement: str) -> None:
    assert refused("portal", statement)


def test_the_pages_ask_for_a_code_and_only_the_courier_knows_where_it_goes() -> None:
    here = ContactArrival(line=1, file_number=NUMBER, kind=ContactKind.EMAIL, address="zoe@example.org", since=DATA_DAY)
    enter(2, [here])
    account = password_account()
    with acting_as("portal"):
        ask(applicant(account), claim(NUMBER, "Lefèvre", "1992-11-00"), CLAIMED_AT)
    with acting_as("night"):
        _, letters = courier(CLAIMED_AT)
    with acting_as("portal"):
        confirm(applicant(account), code_in(letters), CLAIMED_AT)
    with acting_as("night"):
        assert len(courier(CLAIMED_AT)[1]) == 1
    assert execute("select provider from identity_link") == [("licence_number",)]


@pytest.mark.parametrize(
    "statement",
    [
        "update account_emailaddress set verified = true",
        "update mfa_authenticator set last_used_at = now()",
        "delete from mfa_authenticator",
        "delete from usersessions_usersession",
        "update django_session set session_data = ''",
    ],
)
def test_the_portal_keeps_addresses_factors_and_sessions_and_the_night_does_not(statement: str) -> None:
    assert not refused("portal", statement)
    assert refused("night", statement)


def test_nobody_has_the_retention_role_by_another() -> None:
    assert execute("select count(*) from pg_auth_members where roleid = 'mespoints_retention'::regrole and not admin_option") == [
        (0,)
    ]


@pytest.mark.parametrize("role", ["feed", "night"])
def test_the_importer_enters_everything_it_receives(role: str) -> None:
    with acting_as(role):
        entered = enter(2, [holder(birth_name="Lefebvre"), arrival(2, offence(points=4), correction="Erreur de saisie.")])
    assert figures(entered) == (2, 0, [])
    assert read().record.offences[0].points == 4


@pytest.mark.parametrize("role", ["feed", "night"])
@pytest.mark.parametrize(
    "statement",
    [
        "delete from register_entry",
        "truncate register_entry",
        "update register_entry set kind = 'erased'",
        "delete from register_holder",
        "delete from register_contact",
        "delete from register_chainhead",
        "select * from django_session",
        "select * from documents_issueddocument",
        "delete from access_log_accesstrace",
    ],
)
def test_the_importer_removes_nothing(role: str, statement: str) -> None:
    assert refused(role, statement)


def test_the_auditor_verifies_and_changes_nothing() -> None:
    with acting_as("audit"):
        assert list(verify(1, ends()[0])) == []
    for statement in ("delete from register_entry", "update register_holder set sex = 'X'", "truncate register_projection"):
        assert refused("audit", statement)


TOMBSTONE = "kind = 'erased', body = '{\"erasure\": 1}', salt = null"


def test_the_retention_role_turns_an_entry_into_a_tombstone() -> None:
    with acting_as("retention"):
        execute(f"update register_entry set {TOMBSTONE} where fact_id = 'O1'")  # noqa: S608 - constants only
    assert execute("select kind from register_entry order by id") == [("licence_obtained",), ("erased",)]


@pytest.mark.parametrize(
    "statement",
    [
        "update register_entry set kind = 'erased'",
        "update register_entry set kind = 'erased', body = '{\"erasure\": 1, \"points\": 3}', salt = null",
        "update register_entry set body = '{}'",
        "update register_entry set kind = 'course', salt = null",
    ],
)
def test_the_retention_role_writes_nothing_but_tombstones(statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), acting_as("retention"):
        execute(statement)


def test_a_tombstone_is_for_ever() -> None:
    with acting_as("retention"):
        execute(f"update register_entry set {TOMBSTONE}")  # noqa: S608 - constants only
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), acting_as("retention"):
        execute(f"update register_entry set {TOMBSTONE}")  # noqa: S608 - constants only


@pytest.mark.parametrize(
    "statement",
    [
        "delete from register_entry",
        "truncate register_entry",
        "insert into register_entry select * from register_entry",
        "update register_entry set fingerprint = ''",
        "update register_entry set recorded_on = '2020-01-01'",
        "update register_holder set birth_name = ''",
        "delete from register_holder",
        "select * from register_contact",
        "select * from identity_account",
        "delete from register_erasure",
    ],
)
def test_the_retention_role_only_erases(statement: str) -> None:
    assert refused("retention", statement)


def test_the_retention_role_counts_what_is_due() -> None:
    enter(2, [arrival(1, offence("O0", on=date(2010, 1, 1), offence_class=OffenceClass.D))])
    with acting_as("retention"):
        assert due(date(2040, 1, 1)).entries_erased == 2


def rights() -> set[tuple[str, str, str]]:
    """Role, table, right: given whole, or on some columns."""
    return {
        (role, table, right)
        for role, table, right in execute(
            "select r.rolname, c.relname, p.name from pg_roles r, pg_class c, unnest(%s::text[]) p(name)"
            " where r.rolname like 'mespoints\\_%%' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
            "   and (has_table_privilege(r.oid, c.oid, p.name)"
            "        or (p.name in ('SELECT', 'INSERT', 'UPDATE') and has_any_column_privilege(r.oid, c.oid, p.name)))",
            list(TABLE_RIGHTS),
        )
    }


def test_nobody_may_remove_or_rewrite_what_is_append_only() -> None:
    append_only = ("register_entry", "register_formeridentity", "register_statedlicencestate", "register_erasure")
    given = {
        right
        for right in rights()
        if right[1] in {*append_only, "access_log_accesstrace"} and right[2] not in {"SELECT", "INSERT"}
    }
    assert given == {("mespoints_retention", "register_entry", "UPDATE")}


def test_few_read_the_traces_and_the_contacts() -> None:
    readers = {(role, table) for role, table, right in rights() if right == "SELECT"}
    assert {role for role, table in readers if table == "access_log_accesstrace"} == {"mespoints_audit", "mespoints_night"}
    assert {role for role, table in readers if table == "register_contact"} == {"mespoints_feed", "mespoints_night"}


def test_the_portal_issues_withdraws_shares_and_rewrites_nothing() -> None:
    holder_id = record(NUMBER, READER).holder.holder_id
    with acting_as("portal"):
        old = issued(attestation(), holder_id)
        issued(attestation(categories=()), holder_id, days_later=1)
        assert withdraw(holder_id, old.reference, timezone.now())
        code = typed_code(share(record(NUMBER, READER), 1, WISH, SHARED_AT))
        assert code is not None
        assert isinstance(open_share(code, "Lefèvre", "203.0.113.7", SHARED_AT), Answer)
    for statement in (
        "update documents_issueddocument set content_sha256 = ''",
        "update documents_issueddocument set expires_on = now()",
        "delete from documents_issueddocument",
        "update documents_documentcopy set ciphertext = ''",
        "update documents_share set views_allowed = 100",
        "update documents_share set categories = 'D'",
        "delete from documents_shareview",
    ):
        assert refused("portal", statement), statement


def test_the_night_erases_papers_and_shares_without_reading_them() -> None:
    holder_id = record(NUMBER, READER).holder.holder_id
    issued(attestation(), holder_id)
    share(record(NUMBER, READER), 1, WISH, SHARED_AT)
    with acting_as("night"):
        assert erase_ended(date(2030, 1, 1)) == erase_ended_shares(SHARED_AT.replace(year=2030)) == 1
    for statement in (
        "select initials from documents_issueddocument",
        "select ciphertext from documents_documentcopy",
        "select audience from documents_share",
        "update documents_issueddocument set state = 'current'",
        "delete from documents_issueddocument",
    ):
        assert refused("night", statement), statement


def test_no_role_signs_in_nor_rises() -> None:
    found = execute(
        "select rolname from pg_roles where rolname like 'mespoints\\_%%' and"
        " not (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolbypassrls) order by 1"
    )
    assert found == [(f"mespoints_{role}",) for role in sorted(ROLES)]


def test_every_table_is_somebodys_or_known_to_be_nobodys() -> None:
    tables = set(connection.introspection.table_names())
    granted = {table for _, table, _ in rights()}
    assert {table for table in tables - granted if not table.startswith(("auth_", "identity_account_"))} == {"django_migrations"}


def test_granting_again_changes_nothing() -> None:
    before = rights()
    grant_roles()
    assert rights() == before


def test_an_account_that_may_not_make_roles_is_told() -> None:
    with acting_as("reader"), pytest.raises(RolesRefused, match=r"docs/operations-roles\.md"), transaction.atomic():
        grant_roles()


def test_outside_any_role_triggers_still_refuse() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        execute("update register_erasure set holders = 0")


def test_the_desk_lets_agents_in_and_rewrites_nothing() -> None:
    now = timezone.now()
    with acting_as("desk"):
        found = let_in(ANNE, Role.OPERATOR, now)
        assert [each.roles for each in agents()] == [{Role.OPERATOR}]
        revoke(SECOND, invitations()[0].number, now)
    assert agent(found.account_id) is not None
    with acting_as("desk"):
        execute("update identity_agent set usual_name = 'Nouveau-Nom'")
    for statement in (
        "update identity_agent set subject = 'mine'",
        "update identity_invitation set role = 'operator'",
        "delete from identity_invitationstep",
    ):
        assert refused("desk", statement)


def test_the_portal_makes_a_link_and_not_for_an_agent() -> None:
    now = timezone.now()
    anne, driver = let_in(ANNE, Role.OPERATOR, now), Account.objects.open_without_password(email=None, now=now)
    [[holder_id]] = execute("select id from register_holder limit 1")
    columns = "insert into identity_link (account_id, provider, subject, holder_id, since) values"
    with acting_as("portal"):
        execute(f"{columns} ({driver.pk}, 'franceconnect', 's', {holder_id}, now())")
    with pytest.raises(DatabaseError, match="never a holder"), transaction.atomic(), acting_as("portal"):
        execute(f"{columns} ({anne.account_id}, 'franceconnect', 't', {holder_id}, now())")

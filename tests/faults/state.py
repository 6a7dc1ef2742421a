"""The content of a register as fingerprints, one for each table, without what differs between two runs of the same files:
internal numbers, moments of arrival, salts and what is made of them.
"""

# ruff: noqa: S608 - statements made of the constants of this file

from collections.abc import Mapping
from typing import Any

State = Mapping[str, str]
"""Table -> number of rows and digest of what they say."""

_WHO = "join register_holder h on h.id = t.holder_id"
_IDENTITY = "birth_name, usage_name, given_names, sex, birth_year, birth_month, birth_day, birth_commune, birth_country"

# Known from the batch whose number it is, said by the sequence of its file.
_SINCE = "(select b.sequence from register_batch b where b.first_entry = t.{column})"

_CONTENTS = {
    "batch": "select sequence, sha256, data_day, rows_read, rows_entered, rows_known, rows_refused,"
    " (select count(*) from register_entry e where e.batch_id = t.id),"
    # Numbers are drawn again after a failure: holes are allowed between batches, never inside.
    " last_entry - first_entry from register_batch t",
    "holder": f"select file_number, {_IDENTITY}, stated_on, {_SINCE.format(column='known_from')} from register_holder t",
    "former identity": f"select h.file_number, {', '.join('t.' + field for field in _IDENTITY.split(', '))}, t.stated_on,"
    f" {_SINCE.format(column='known_from')}, {_SINCE.format(column='known_until')} from register_formeridentity t {_WHO}",
    "licence": f"select h.file_number, t.fact_id, t.title_number, t.categories, t.obtained_on from register_licence t {_WHO}",
    "former title": f"select h.file_number, t.fact_id, t.title_number, t.categories from register_formertitle t {_WHO}",
    "state of licence": f"select h.file_number, t.state, t.since from register_statedlicencestate t {_WHO}",
    "contact": f"select h.file_number, t.kind, t.address, t.since from register_contact t {_WHO}",
    "entry": "select h.file_number, t.position, t.fact_id, t.version, t.kind, t.body, t.recorded_on, b.sequence,"
    f" t.id - b.first_entry from register_entry t {_WHO} join register_batch b on b.id = t.batch_id",
    "head of chain": f"select h.file_number, t.entries from register_chainhead t {_WHO}",
    "projection": f"select h.file_number, t.account, t.balance, t.ceiling, t.status, t.probation_ends_on, t.next_change_on"
    f" from register_projection t {_WHO}",
    "quarantine": "select b.sequence, t.line, t.code, t.field, t.found, t.raw, t.state, t.awaited_file_number, t.awaited_fact"
    " from feed_quarantine t join register_batch b on b.id = t.batch_id",
    "stated balance": "select b.sequence, t.line, t.file_number, t.on, t.points, t.verdict, t.ours"
    " from feed_statedbalance t join register_batch b on b.id = t.batch_id",
    "reconciliation": "select b.sequence, t.agreeing, t.differing, t.unknown_holder"
    " from feed_reconciliation t join register_batch b on b.id = t.batch_id",
    "reception": "select file, sequence, data_day, key_id, rows_read, rows_entered, rows_known, rows_refused"
    " from feed_reception t where fault is null",
}


def state(connection: Any) -> State:
    """``connection`` is one of psycopg, or a cursor of Django."""
    found = {}
    for table, content in _CONTENTS.items():
        rows = (
            "select count(*), md5(coalesce(string_agg(c.said, chr(10) order by c.said), ''))"
            f" from (select row(s.*)::text as said from ({content}) s) c"
        )
        answer = connection.execute(rows)
        count, digest = (answer or connection).fetchone()
        found[table] = f"{count} rows, {digest}"
    return found


def rows(state: State, table: str) -> int:
    return int(state[table].partition(" ")[0])

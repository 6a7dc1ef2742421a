"""From the staging tables to the register, by whole sets: the same statements for ten rows and for ten million.

Rows of facts that are spoken of more than once go through ``rulings``, references through ``references``; each entry takes its
place in the chain of its holder as it enters.
"""

from datetime import date, datetime
from secrets import token_bytes

from django.db import connection

from mespoints.register.chain import fingerprinted
from mespoints.register.references import check_references
from mespoints.register.rulings import rule
from mespoints.register.staging import HOLDER_FIELDS, IDENTITY_FIELDS

SLICE = 200_000
"""Lines entered by one statement: PostgreSQL holds the pending foreign key checks of a statement in memory."""


def _content(alias: str) -> str:
    fields = ", ".join(f"{alias}.{field}" for field in HOLDER_FIELDS.split(", "))
    return f"row({fields})::text"


def _title(alias: str) -> str:
    return f"row({alias}.title_number, {alias}.categories, {alias}.obtained_on)::text"


_ANALYZE = "analyze arriving_holder, arriving_fact, arriving_title, arriving_state, arriving_contact"

_KNOWN_HOLDERS = f"""
insert into set_aside (line, verdict)
select s.line, 'known'
  from (select a.line, a.file_number, {_content("a")} as content,
               lag({_content("a")}) over (partition by a.file_number order by a.line) as line_before
          from arriving_holder a) s
  left join register_holder h on h.file_number = s.file_number
 where s.content = case when s.line_before is not null then s.line_before when h.id is not null then {_content("h")} end
"""  # noqa: S608 - constants only

# What the register said until now is kept beside, with the numbers between which it was known.
_FORMER_IDENTITIES = f"""
insert into register_formeridentity (holder_id, known_from, known_until, stated_on, {IDENTITY_FIELDS})
select h.id, h.known_from, %(number)s, h.stated_on, {", ".join("h." + field for field in IDENTITY_FIELDS.split(", "))}
  from (select distinct on (file_number) * from arriving_holder order by file_number, line desc) a
  join register_holder h on h.file_number = a.file_number
 where {_content("h")} <> {_content("a")}
"""  # noqa: S608 - constants only

_HOLDERS = f"""
insert into register_holder as h (file_number, known_from, stated_on, {HOLDER_FIELDS})
select distinct on (file_number) file_number, %(number)s::bigint, %(data_day)s::date, {HOLDER_FIELDS}
  from arriving_holder order by file_number, line desc
on conflict (file_number) do update
   set (known_from, stated_on, {HOLDER_FIELDS})
     = row(excluded.known_from, excluded.stated_on, {", ".join("excluded." + field for field in HOLDER_FIELDS.split(", "))})
 where {_content("h")} <> {_content("excluded")}
"""  # noqa: S608 - constants only

_UNKNOWN_HOLDERS = """
insert into set_aside (line, verdict)
select a.line, 'unknown_holder'
  from (select line, file_number from arriving_fact
         union all select line, file_number from arriving_state
         union all select line, file_number from arriving_contact) a
 where not exists (select from register_holder h where h.file_number = a.file_number)
"""

_PLACED = (
    """create temporary table placed on commit drop as
       select a.line, h.id as holder_id, a.file_number, a.fact_id, a.act, a.kind, a.body, a.recorded_on, a.target
         from arriving_fact a join register_holder h on h.file_number = a.file_number""",
    "truncate arriving_fact",
    "create index on placed (holder_id, fact_id)",
    "create index on placed (line)",
    "analyze placed",
)

# Drawn from a secret that nobody keeps: as good as drawn one by one, and five times faster.
_SALT = "encode(substr(sha256(%(secret)s::bytea || int8send(p.line)), 1, 16), 'hex')::uuid"

_ENTRIES = f"""
with arriving as (
    select p.line, p.holder_id, p.file_number, p.fact_id, coalesce(r.version, 1) as version, p.kind, p.body, p.recorded_on,
           {_SALT} as salt, c.fingerprint as fingerprint_before,
           coalesce(c.entries, 0) + row_number() over (partition by p.holder_id order by p.line) as position
      from placed p
      left join ruling r on r.line = p.line
      left join register_chainhead c on c.holder_id = p.holder_id
     where p.line >= %(first)s and p.line < %(end)s
       and not exists (select from set_aside x where x.line = p.line)
), chained as (
    select e.*, register_chained(coalesce(fingerprint_before, ''), {fingerprinted("e")})
                over (partition by holder_id order by line) as fingerprint
      from arriving e
), entered as (
    insert into register_entry
           (holder_id, batch_id, fact_id, version, kind, body, recorded_on, entered_at, position, salt, fingerprint)
    select holder_id, %(batch)s, fact_id, version, kind, body, recorded_on, %(entered_at)s, position, salt, fingerprint
      from chained order by line
    returning id, holder_id, position, fingerprint
)
insert into register_chainhead (holder_id, entries, last_entry, fingerprint)
select distinct on (holder_id) holder_id, position, id, fingerprint from entered order by holder_id, position desc
on conflict (holder_id) do update
   set entries = excluded.entries, last_entry = excluded.last_entry, fingerprint = excluded.fingerprint
"""  # noqa: S608 - constants only

_LAST_TITLES = """
select distinct on (p.holder_id, p.fact_id) p.holder_id, p.fact_id, t.title_number, t.categories, t.obtained_on
  from arriving_title t join placed p on p.line = t.line
 where not exists (select from set_aside r where r.line = t.line and r.verdict <> 'known')
 order by p.holder_id, p.fact_id, t.line desc
"""

# A renewed card or a new category enters although its legal fact is known.
_TITLES = (
    f"""delete from set_aside x using (
            select a.line, {_title("a")} as content, {_title("l")} as standing, l.id is not null as stands,
                   lag({_title("a")}) over (partition by p.holder_id, p.fact_id order by a.line) as line_before
              from arriving_title a
              join placed p on p.line = a.line
              left join register_licence l on l.holder_id = p.holder_id and l.fact_id = p.fact_id
             where not exists (select from set_aside r where r.line = a.line and r.verdict <> 'known')) s
         where x.line = s.line and x.verdict = 'known'
           and s.content is distinct from
               case when s.line_before is not null then s.line_before when s.stands then s.standing end""",  # noqa: S608
    f"""insert into register_formertitle
               (holder_id, fact_id, title_number, categories, obtained_on, known_from, known_until)
        select l.holder_id, l.fact_id, l.title_number, l.categories, l.obtained_on, l.known_from, %(number)s
          from ({_LAST_TITLES}) a join register_licence l on l.holder_id = a.holder_id and l.fact_id = a.fact_id
         where {_title("l")} <> {_title("a")}""",  # noqa: S608
    f"""insert into register_licence as l (holder_id, fact_id, title_number, categories, obtained_on, known_from)
        select a.*, %(number)s::bigint from ({_LAST_TITLES}) a
        on conflict (holder_id, fact_id) do update
           set title_number = excluded.title_number, categories = excluded.categories, obtained_on = excluded.obtained_on,
               known_from = excluded.known_from
         where {_title("l")} <> {_title("excluded")}""",  # noqa: S608
)

# Each change of state enters, in the order of the lines.
_STATES = (
    """create temporary table placed_state on commit drop as
       select s.*, row(s.state, s.since)::text is distinct from
                   coalesce(lag(row(s.state, s.since)::text) over (partition by s.holder_id order by s.line),
                            (select row(l.state, l.since)::text from register_statedlicencestate l
                              where l.holder_id = s.holder_id order by l.id desc limit 1)) as is_new
         from (select a.line, h.id as holder_id, a.state::varchar(2) as state, a.since
                 from arriving_state a join register_holder h on h.file_number = a.file_number) s""",
    "insert into set_aside (line, verdict) select line, 'known' from placed_state where not is_new",
    """insert into register_statedlicencestate (holder_id, state, since, known_from)
       select holder_id, state, since, %(number)s from placed_state where is_new order by line""",
    "drop table placed_state",
)

_CONTACTS = (
    """create temporary table placed_contact on commit drop as
       select a.line, h.id as holder_id, a.kind, a.address, a.since
         from arriving_contact a join register_holder h on h.file_number = a.file_number""",
    """insert into set_aside (line, verdict)
       select line, 'known'
         from (select p.line, row(p.address, p.since)::text as content,
                      coalesce(lag(row(p.address, p.since)::text) over (partition by p.holder_id, p.kind order by p.line),
                               row(c.address, c.since)::text) as content_before, c.id is not null as stands,
                      row_number() over (partition by p.holder_id, p.kind order by p.line) as turn
                 from placed_contact p left join register_contact c on c.holder_id = p.holder_id and c.kind = p.kind) s
        where content = content_before and (stands or turn > 1)""",
    """insert into register_contact as c (holder_id, kind, address, since)
       select distinct on (holder_id, kind) holder_id, kind, address, since
         from placed_contact order by holder_id, kind, line desc
       on conflict (holder_id, kind) do update set address = excluded.address, since = excluded.since
        where row(c.address, c.since) is distinct from row(excluded.address, excluded.since)""",
    "drop table placed_contact",
)


def merge(batch_id: int, number: int, data_day: date, entered_at: datetime) -> None:
    """All that is staged, into the register; what does not enter is in ``set_aside`` with its verdict.

    ``number`` is the ``first_entry`` of the batch: what it says of identities, cards and states is known from there on.
    """
    parameters: dict[str, int | date] = {"number": number, "data_day": data_day}
    with connection.cursor() as cursor:
        for statement in (_ANALYZE, _KNOWN_HOLDERS, _FORMER_IDENTITIES, _HOLDERS, _UNKNOWN_HOLDERS, *_PLACED):
            cursor.execute(statement, parameters)
    rule()
    check_references()
    entering: dict[str, int | datetime | bytes] = {"batch": batch_id, "entered_at": entered_at, "secret": token_bytes(32)}
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(line), 0) from placed")
        last_line = cursor.fetchone()[0]
        for first in range(1, last_line + 1, SLICE):
            cursor.execute(_ENTRIES, {**entering, "first": first, "end": first + SLICE})
        for statement in (*_TITLES, *_STATES, *_CONTACTS):
            cursor.execute(statement, parameters)

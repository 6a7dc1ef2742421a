"""From the staging tables to the register, by whole sets: the same statements for ten rows and for ten million.

The verdicts are those a clerk would give reading the file line by line:
- a row that says what the register says already is *known*;
- an offence entered un-established may be established later by a row that differs in nothing else: a new version enters;
- any other second content of one ``fact_id`` is a conflict, and the first content stands.
"""

from datetime import datetime

from django.db import connection

from mespoints.register.entries import ESTABLISHMENT_KEYS
from mespoints.register.staging import HOLDER_FIELDS

SLICE = 200_000
"""Lines entered by one statement: PostgreSQL holds the pending foreign key checks of a statement in memory."""

_ESTABLISHMENT = "'{" + ",".join(ESTABLISHMENT_KEYS) + "}'::text[]"


def _content(alias: str) -> str:
    fields = ", ".join(f"{alias}.{field}" for field in HOLDER_FIELDS.split(", "))
    return f"row({fields})::text"


def _title(alias: str) -> str:
    return f"row({alias}.title_number, {alias}.categories, {alias}.obtained_on)::text"


_ANALYZE = "analyze arriving_holder, arriving_fact, arriving_title"

_KNOWN_HOLDERS = f"""
insert into set_aside (line, verdict)
select s.line, 'known'
  from (select a.line, a.file_number, {_content("a")} as content,
               lag({_content("a")}) over (partition by a.file_number order by a.line) as line_before
          from arriving_holder a) s
  left join register_holder h on h.file_number = s.file_number
 where s.content = case when s.line_before is not null then s.line_before when h.id is not null then {_content("h")} end
"""  # noqa: S608 - constants only

_HOLDERS = f"""
insert into register_holder as h (file_number, {HOLDER_FIELDS})
select distinct on (file_number) file_number, {HOLDER_FIELDS} from arriving_holder order by file_number, line desc
on conflict (file_number) do update
   set ({HOLDER_FIELDS}) = row({", ".join("excluded." + field for field in HOLDER_FIELDS.split(", "))})
 where {_content("h")} <> {_content("excluded")}
"""  # noqa: S608 - constants only

_UNKNOWN_HOLDERS = """
insert into set_aside (line, verdict)
select a.line, 'unknown_holder' from arriving_fact a
 where not exists (select from register_holder h where h.file_number = a.file_number)
"""

_PLACED = (
    """create temporary table placed on commit drop as
       select a.line, h.id as holder_id, a.fact_id, a.kind, a.body, a.recorded_on, a.target
         from arriving_fact a join register_holder h on h.file_number = a.file_number""",
    "truncate arriving_fact",
    "create index on placed (holder_id, fact_id)",
    "create index on placed (line)",
    "analyze placed",
)

_CONTESTED = (
    """create temporary table contested on commit drop as
       select p.line, p.holder_id, p.fact_id, p.kind, p.body from placed p
        where exists (select from register_entry e where e.holder_id = p.holder_id and e.fact_id = p.fact_id)""",
    """insert into contested
       select p.line, p.holder_id, p.fact_id, p.kind, p.body
         from placed p
         join (select holder_id, fact_id from placed group by holder_id, fact_id having count(*) > 1) several
              using (holder_id, fact_id)
        where not exists (select from register_entry e where e.holder_id = p.holder_id and e.fact_id = p.fact_id)""",
    "analyze contested",
)

# One row for each content not yet in the register of a contested fact: the version it enters as, or null for a conflict.
_RULING = f"""
create temporary table ruling on commit drop as
with contents as (
    select holder_id, fact_id, kind, body, min(line) as first_line
      from contested group by holder_id, fact_id, kind, body
), fresh as (
    select c.*, row_number() over (partition by c.holder_id, c.fact_id order by c.first_line) as turn
      from contents c
     where not exists (select from register_entry e
                        where e.holder_id = c.holder_id and e.fact_id = c.fact_id and e.kind = c.kind and e.body = c.body)
), standing as (
    select distinct on (e.holder_id, e.fact_id) e.holder_id, e.fact_id, e.kind, e.body, e.version
      from register_entry e join (select distinct holder_id, fact_id from fresh) f using (holder_id, fact_id)
     order by e.holder_id, e.fact_id, e.version desc
), compared as (
    select f.*, s.holder_id is null and f.turn = 1 as opens, coalesce(s.version, 1) as standing_version,
           coalesce(s.kind, first.kind) as standing_kind, coalesce(s.body, first.body) as standing_body
      from fresh f
      join fresh first on first.holder_id = f.holder_id and first.fact_id = f.fact_id and first.turn = 1
      left join standing s on s.holder_id = f.holder_id and s.fact_id = f.fact_id
), judged as (
    select c.*, not opens and kind = 'offence' and standing_kind = 'offence'
                and standing_body ->> 'established_on' is null and body ->> 'established_on' is not null
                and body - {_ESTABLISHMENT} = standing_body - {_ESTABLISHMENT} as establishes
      from compared c
)
select holder_id, fact_id, kind, body, first_line,
       case when opens then 1
            when establishes and row_number() over (partition by holder_id, fact_id, establishes order by first_line) = 1
            then standing_version + 1 end as version
  from judged
"""  # noqa: S608 - constants only

_VERDICTS = """
insert into set_aside (line, verdict)
select c.line, case when r.first_line is not null and r.version is null then 'conflict' else 'known' end
  from contested c left join ruling r using (holder_id, fact_id, kind, body)
 where r.first_line is null or r.version is null or c.line > r.first_line
"""

# Repeated until it finds nothing: a row refused here may be the offence that another row speaks of.
_REFERENCES = """
insert into set_aside (line, verdict)
select p.line, case when target.committed_on is null then 'dangling_reference' else 'collision' end
  from placed p
  left join lateral (
        select offence.body ->> 'committed_on' as committed_on
          from (select e.body from register_entry e
                 where e.holder_id = p.holder_id and e.fact_id = p.target and e.kind = 'offence'
                 union all
                select t.body from placed t
                 where t.holder_id = p.holder_id and t.fact_id = p.target and t.kind = 'offence'
                   and not exists (select from set_aside x where x.line = t.line and x.verdict <> 'known')) offence
         limit 1) target on true
 where p.target is not null
   and not exists (select from set_aside x where x.line = p.line and x.verdict <> 'known')
   and (target.committed_on is null or (p.kind = 'offence' and target.committed_on <> p.body ->> 'committed_on'))
on conflict (line) do update set verdict = excluded.verdict
"""

_ENTRIES = """
insert into register_entry (holder_id, batch_id, fact_id, version, kind, body, recorded_on, entered_at)
select p.holder_id, %(batch)s, p.fact_id, coalesce(r.version, 1), p.kind, p.body, p.recorded_on, %(entered_at)s
  from placed p left join ruling r on r.first_line = p.line
 where p.line >= %(first)s and p.line < %(end)s
   and not exists (select from set_aside x where x.line = p.line)
 order by p.line
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
    f"""insert into register_licence as l (holder_id, fact_id, title_number, categories, obtained_on)
        select distinct on (p.holder_id, p.fact_id) p.holder_id, p.fact_id, a.title_number, a.categories, a.obtained_on
          from arriving_title a join placed p on p.line = a.line
         where not exists (select from set_aside r where r.line = a.line and r.verdict <> 'known')
         order by p.holder_id, p.fact_id, a.line desc
        on conflict (holder_id, fact_id) do update
           set title_number = excluded.title_number, categories = excluded.categories, obtained_on = excluded.obtained_on
         where {_title("l")} <> {_title("excluded")}""",  # noqa: S608
)


def merge(batch_id: int, entered_at: datetime) -> None:
    """All that is staged, into the register; what does not enter is in ``set_aside`` with its verdict."""
    with connection.cursor() as cursor:
        for statement in (_ANALYZE, _KNOWN_HOLDERS, _HOLDERS, _UNKNOWN_HOLDERS, *_PLACED, *_CONTESTED, _RULING, _VERDICTS):
            cursor.execute(statement)
        cursor.execute(_REFERENCES)
        while cursor.rowcount:
            cursor.execute(_REFERENCES)
        cursor.execute("select coalesce(max(line), 0) from placed")
        last_line = cursor.fetchone()[0]
        for first in range(1, last_line + 1, SLICE):
            cursor.execute(_ENTRIES, {"batch": batch_id, "entered_at": entered_at, "first": first, "end": first + SLICE})
        for statement in _TITLES:
            cursor.execute(statement)

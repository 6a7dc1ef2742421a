"""What a fact says of another: a target that exists, simultaneous offences on one day; before and after this batch."""

from django.db import connection

from mespoints.register.arrivals import Refused
from mespoints.register.entries import EntryKind, Mark
from mespoints.register.staging import Act

# What stands of a fact once the batch has entered: its last row that enters, or else its last version in the register.
_TARGET = f"""
  left join lateral (
        select case when latest.kind = '{EntryKind.OFFENCE}' then latest.body ->> 'committed_on' end as committed_on
          from ((select 1 as turn, t.line as rank, t.kind, t.body from placed t
                  where t.holder_id = p.holder_id and t.fact_id = p.target
                    and not exists (select from set_aside x where x.line = t.line)
                  order by t.line desc limit 1)
                 union all
                (select 0, e.version, e.kind, e.body from register_entry e
                  where e.holder_id = p.holder_id and e.fact_id = p.target order by e.version desc limit 1)) latest
         order by latest.turn desc limit 1) target on true
"""  # noqa: S608 - constants only

# A known row is looked at only when it repeats a row of this file, which may be refused here.
_FORWARD = f"""
insert into set_aside (line, verdict)
select p.line, case when target.committed_on is null then '{Refused.DANGLING_REFERENCE}' else '{Refused.COLLISION}' end
  from placed p
{_TARGET}
 where p.target is not null
   and not exists (select from set_aside x where x.line = p.line
                      and (x.verdict <> 'known'
                           or exists (select from register_entry e where e.holder_id = p.holder_id and e.fact_id = p.fact_id)))
   and (target.committed_on is null
        or (p.kind = '{EntryKind.OFFENCE}' and target.committed_on <> p.body ->> 'committed_on'))
on conflict (line) do update set verdict = excluded.verdict
"""  # noqa: S608 - constants only

# A correction or a retraction of an offence must leave those who speak of it on their feet.
_BACKWARD = f"""
with revised as (
    select p.line, p.holder_id, p.fact_id from placed p
     where p.act <> '{Act.STATEMENT}' and not exists (select from set_aside x where x.line = p.line)
), standing as (
    select distinct on (v.holder_id, v.fact_id) v.holder_id, v.fact_id, v.kind, v.body
      from (select e.holder_id, e.fact_id, e.kind, e.body, 0 as line, e.version from register_entry e
             where e.holder_id in (select holder_id from revised)
             union all
            select p.holder_id, p.fact_id, p.kind, p.body, p.line, 0 from placed p
             where p.holder_id in (select holder_id from revised)
               and not exists (select from set_aside x where x.line = p.line)) v
     order by v.holder_id, v.fact_id, v.line desc, v.version desc
)
insert into set_aside (line, verdict)
select distinct on (r.line) r.line,
       case when s.kind = '{Mark.RETRACTION}' then '{Refused.STILL_REFERRED}' else '{Refused.COLLISION}' end
  from revised r
  join standing s on s.holder_id = r.holder_id and s.fact_id = r.fact_id
  join standing other on other.holder_id = r.holder_id
                     and r.fact_id in (other.body ->> 'target', other.body ->> 'simultaneous_with')
 where s.kind = '{Mark.RETRACTION}'
    or (other.kind = '{EntryKind.OFFENCE}' and other.body ->> 'committed_on' <> s.body ->> 'committed_on')
 order by r.line
"""  # noqa: S608 - constants only


def check_references() -> None:
    """Repeated until it finds nothing: a row refused here may be the offence that another row speaks of."""
    with connection.cursor() as cursor:
        found = True
        while found:
            found = False
            for statement in (_FORWARD, _BACKWARD):
                cursor.execute(statement)
                found = found or cursor.rowcount > 0

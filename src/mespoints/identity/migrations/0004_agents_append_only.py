"""The allow-list is append-only for whoever speaks to PostgreSQL; and an agent's account is never a holder's."""

from django.db import migrations

_REFUSAL = """
create function identity_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = format('Accès des agents : %s refusé. / The allow-list is append-only: %s refused.', tg_op, tg_op),
        hint = 'Un accès se retire par une étape de plus. / A right ends by one more step.';
end
$$;
"""

# The lock makes two simultaneous inserts, one on each side, come one after the other.
_APART = """
create function identity_keep_apart() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(48235, (new.account_id % 2147483647)::integer);
    if (tg_table_name = 'identity_link' and exists (select from identity_agent where account_id = new.account_id))
       or (tg_table_name = 'identity_agent' and exists (select from identity_link where account_id = new.account_id))
    then
        raise exception using
            errcode = 'restrict_violation',
            message = 'Un compte d’agent n’est jamais celui d’un titulaire. / An agent''s account is never a holder''s.';
    end if;
    return new;
end
$$;
create trigger identity_agent_no_holder before insert on identity_agent for each row execute function identity_keep_apart();
create trigger identity_link_no_agent before insert or update of account_id on identity_link
    for each row execute function identity_keep_apart();
"""

_TABLES = ("identity_agent", "identity_invitation", "identity_invitationstep")


def _guard(table: str) -> str:
    return f"""
create trigger {table}_rows before update or delete on {table} for each row execute function identity_refuse_change();
create trigger {table}_statements before update or delete or truncate on {table}
    for each statement execute function identity_refuse_change();
"""


def _unguard(table: str) -> str:
    return f"drop trigger {table}_rows on {table}; drop trigger {table}_statements on {table};"


_INSTALL = _REFUSAL + _APART + "".join(map(_guard, _TABLES))
_REMOVE = (
    "".join(map(_unguard, _TABLES))
    + "drop trigger identity_agent_no_holder on identity_agent; drop trigger identity_link_no_agent on identity_link;"
    + "drop function identity_keep_apart(); drop function identity_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_agents")]
    operations = [migrations.RunSQL(_INSTALL, _REMOVE)]

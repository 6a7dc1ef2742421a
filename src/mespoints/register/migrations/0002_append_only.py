"""Entries are append-only for whoever speaks to PostgreSQL, not only for this code; and the aggregate that chains them."""

from django.db import migrations

# A card goes with the licence that the law ordered to erase.
_REFUSAL = """
create function register_refuse_change() returns trigger language plpgsql as $$
begin
    if current_user = 'mespoints_retention' and tg_op = 'DELETE' and tg_argv[0] = 'erasable' then
        return old;
    end if;
    raise exception using
        errcode = 'restrict_violation',
        message = format('Écritures du registre : %s refusé. / Register entries are append-only: %s refused.', tg_op, tg_op),
        hint = 'Une erreur se corrige par une nouvelle écriture. / A mistake is corrected by a new entry.';
end
$$;
"""

# The retention role may replace an entry by its tombstone, and do nothing else, not even under this role.
_TOMBSTONE = """
create function register_refuse_all_but_tombstones() returns trigger language plpgsql as $$
begin
    if current_user = 'mespoints_retention' and tg_op = 'UPDATE' then
        if tg_level = 'STATEMENT' then
            return null;
        end if;
        if new.kind = 'erased' and old.kind <> 'erased' and new.salt is null
           and new.body = jsonb_build_object('erasure', (new.body ->> 'erasure')::bigint)
           and row(new.id, new.holder_id, new.batch_id, new.fact_id, new.version, new.position, new.recorded_on, new.entered_at,
                   new.fingerprint)
             = row(old.id, old.holder_id, old.batch_id, old.fact_id, old.version, old.position, old.recorded_on, old.entered_at,
                   old.fingerprint)
        then
            return new;
        end if;
    end if;
    raise exception using
        errcode = 'restrict_violation',
        message = format('Écritures du registre : %s refusé. / Register entries are append-only: %s refused.', tg_op, tg_op),
        hint = 'Une erreur se corrige par une nouvelle écriture. / A mistake is corrected by a new entry.';
end
$$;
create trigger register_entry_rows before update or delete on register_entry
    for each row execute function register_refuse_all_but_tombstones();
create trigger register_entry_statements before update or delete or truncate on register_entry
    for each statement execute function register_refuse_all_but_tombstones();
"""

_APPEND_ONLY = {
    "register_formeridentity": "",
    "register_formertitle": "'erasable'",
    "register_statedlicencestate": "",
    "register_erasure": "",
}


def _guard(table: str) -> str:
    function = f"register_refuse_change({_APPEND_ONLY[table]})"
    return f"""
create trigger {table}_rows before update or delete on {table} for each row execute function {function};
create trigger {table}_statements before update or delete or truncate on {table}
    for each statement execute function {function};
"""


def _unguard(table: str) -> str:
    return f"drop trigger {table}_rows on {table}; drop trigger {table}_statements on {table};"


# In a window over the new entries of a holder: each result is the fingerprint before the next. The first argument is the
# fingerprint at which the chain stood before them; it counts for the first of them only.
_CHAIN = """
create function register_next_fingerprint(so_far bytea, start bytea, entry bytea) returns bytea
    language sql immutable parallel safe as $$ select sha256(coalesce(so_far, start) || entry) $$;
create aggregate register_chained(bytea, bytea) (sfunc = register_next_fingerprint, stype = bytea, parallel = safe);
"""

_INSTALL = _REFUSAL + _TOMBSTONE + "".join(map(_guard, _APPEND_ONLY)) + _CHAIN
_REMOVE = (
    "drop aggregate register_chained(bytea, bytea); drop function register_next_fingerprint(bytea, bytea, bytea);"
    + "".join(map(_unguard, _APPEND_ONLY))
    + _unguard("register_entry")
    + "drop function register_refuse_all_but_tombstones(); drop function register_refuse_change();"
)


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunSQL(_INSTALL, _REMOVE)]

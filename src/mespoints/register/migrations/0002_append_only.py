"""Entries are append-only for whoever speaks to PostgreSQL, not only for this code."""

from django.db import migrations

_INSTALL = """
create function register_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = format('Écritures du registre : %s refusé. / Register entries are append-only: %s refused.', tg_op, tg_op),
        hint = 'Une erreur se corrige par une nouvelle écriture. / A mistake is corrected by a new entry.';
end
$$;
create trigger register_entry_rows before update or delete on register_entry
    for each row execute function register_refuse_change();
create trigger register_entry_statements before update or delete or truncate on register_entry
    for each statement execute function register_refuse_change();
"""

_REMOVE = """
drop trigger register_entry_rows on register_entry;
drop trigger register_entry_statements on register_entry;
drop function register_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunSQL(_INSTALL, _REMOVE)]

"""Traces are append-only for whoever speaks to PostgreSQL, not only for this code."""

from django.db import migrations

_INSTALL = """
create function access_log_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = 'restrict_violation',
        message = format('Traces de consultation : %s refusé. / Access traces are append-only: %s refused.', tg_op, tg_op);
end
$$;
create trigger access_log_rows before update or delete on access_log_accesstrace
    for each row execute function access_log_refuse_change();
create trigger access_log_statements before update or delete or truncate on access_log_accesstrace
    for each statement execute function access_log_refuse_change();
create trigger access_log_segment_rows before update or delete on access_log_segment
    for each row execute function access_log_refuse_change();
create trigger access_log_segment_statements before update or delete or truncate on access_log_segment
    for each statement execute function access_log_refuse_change();
"""

_REMOVE = """
drop trigger access_log_rows on access_log_accesstrace;
drop trigger access_log_statements on access_log_accesstrace;
drop trigger access_log_segment_rows on access_log_segment;
drop trigger access_log_segment_statements on access_log_segment;
drop function access_log_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("access_log", "0001_initial")]
    operations = [migrations.RunSQL(_INSTALL, _REMOVE)]

"""The names of an agent follow what ProConnect says at each sign-in; all the rest of the allow-list stays append-only."""

from django.db import migrations

_NAMES_ONLY = """
create function identity_names_only() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - '{given_name,usual_name}'::text[] is distinct from to_jsonb(old) - '{given_name,usual_name}'::text[] then
        raise exception using
            errcode = 'restrict_violation',
            message = 'Accès des agents : seuls les noms changent. / The allow-list is append-only: names alone change.';
    end if;
    return new;
end
$$;
drop trigger identity_agent_rows on identity_agent;
drop trigger identity_agent_statements on identity_agent;
create trigger identity_agent_rows before delete on identity_agent for each row execute function identity_refuse_change();
create trigger identity_agent_statements before delete or truncate on identity_agent
    for each statement execute function identity_refuse_change();
create trigger identity_agent_names before update on identity_agent for each row execute function identity_names_only();
"""

_AS_BEFORE = """
drop trigger identity_agent_names on identity_agent;
drop trigger identity_agent_rows on identity_agent;
drop trigger identity_agent_statements on identity_agent;
create trigger identity_agent_rows before update or delete on identity_agent
    for each row execute function identity_refuse_change();
create trigger identity_agent_statements before update or delete or truncate on identity_agent
    for each statement execute function identity_refuse_change();
drop function identity_names_only();
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0007_destinations")]
    operations = [migrations.RunSQL(_NAMES_ONLY, _AS_BEFORE)]

-- Who may do what in the database: group roles without login. The account of each process is given one of them, and owns nothing.
-- Run by the owner of the tables, as often as one likes (mespoints migrate does). Read with docs/operations-roles.md.
-- A table that is not named here is nobody's but its owner's.

do $$
declare
    wanted text;
begin
    foreach wanted in array array['mespoints_reader', 'mespoints_portal', 'mespoints_desk', 'mespoints_feed', 'mespoints_audit',
                                  'mespoints_night', 'mespoints_retention'] loop
        if not exists (select from pg_roles where rolname = wanted) then
            begin
                execute format('create role %I nologin', wanted);
            exception when duplicate_object or unique_violation then
                null;  -- somebody made it in the meantime
            end;
        end if;
        -- What a former version gave and this one does not is taken back.
        execute format('revoke all on all tables in schema public from %I', wanted);
        execute format('revoke all on all sequences in schema public from %I', wanted);
    end loop;
end
$$;

-- Roles made of others.
do $$
declare
    part record;
begin
    for part in select * from (values ('mespoints_reader', 'mespoints_portal'), ('mespoints_portal', 'mespoints_desk'),
                                      ('mespoints_feed', 'mespoints_night'), ('mespoints_audit', 'mespoints_night'),
                                      ('mespoints_reader', 'mespoints_night')) as parts (part_of, whole) loop
        if not exists (select from pg_auth_members
                        where roleid = part.part_of::regrole and member = part.whole::regrole) then
            execute format('grant %I to %I', part.part_of, part.whole);
        end if;
    end loop;
end
$$;

-- Reads one record at a time, and says so. Neither contacts, nor fingerprints, nor the traces themselves.
grant select on register_batch, register_holder, register_formeridentity, register_licence, register_formertitle,
    register_statedlicencestate, register_incident to mespoints_reader;
grant select (id, holder_id, batch_id, fact_id, version, kind, body, recorded_on) on register_entry to mespoints_reader;
grant insert on access_log_accesstrace to mespoints_reader;

-- Pages for drivers: accounts, sessions, papers, messages to send; how fresh the data are.
grant select, insert, update on identity_account, identity_link, identity_licenceclaim to mespoints_portal;
grant select, insert, update, delete on rate_limits_counter, messages_contactproof, identity_signinattempt, django_session, account_emailaddress,
    account_emailconfirmation, mfa_authenticator, usersessions_usersession to mespoints_portal;
grant select, insert, update, delete on identity_linkingattempt, identity_linkingreview to mespoints_portal;
grant select on identity_dispute to mespoints_portal;
grant select on auth_permission, auth_group, auth_group_permissions, django_content_type to mespoints_portal;
grant select, insert on documents_issueddocument to mespoints_portal;
-- Writes messages and never reads one back: those that wait hold addresses and codes. PostgreSQL gives the number of a new row.
grant insert, select (id) on messages_outbox to mespoints_portal;
-- A paper is withdrawn or replaced, its copy erased at once; what it said is never rewritten.
grant update (state, ended_at) on documents_issueddocument to mespoints_portal;
grant select, insert, delete on documents_documentcopy to mespoints_portal;
grant select, insert, update on documents_statuslist to mespoints_portal;
-- What is shared: stopped or used up, never wider than it was.
grant select, insert on documents_share, documents_shareview to mespoints_portal;
grant update (views_used, wrong_names, revoked_at) on documents_share to mespoints_portal;
grant select (data_day, sources, batch_id, sequence, fault, received_at, last_received_at) on feed_reception to mespoints_portal;

-- Pages for operators: files, quarantine, incidents, reports of nights.
grant select on feed_reception, feed_statedbalance, feed_reconciliation, desk_night to mespoints_desk;
grant select, update on feed_quarantine to mespoints_desk;
grant select, insert, update on register_incident to mespoints_desk;

-- Doubtful links: decided here, asked for and forgotten at the portal.
grant select, update on identity_linkingreview to mespoints_desk;
grant select, insert, update on identity_dispute to mespoints_desk;

-- Who may come in: added to, never changed; the names alone follow ProConnect.
grant select, insert on identity_agent, identity_invitation, identity_invitationstep to mespoints_desk;
grant update (given_name, usual_name) on identity_agent to mespoints_desk;
-- So that a link is never made for an agent's account.
grant select (account_id) on identity_agent to mespoints_portal;

-- The importer: enters, replaces what is described anew, never removes.
grant select, insert on register_formeridentity, register_formertitle, register_statedlicencestate, register_entry to mespoints_feed;
grant select, insert, update on register_batch, register_holder, register_licence, register_contact, register_chainhead
    to mespoints_feed;
grant select, insert, update on feed_reception, feed_quarantine, feed_reconciliation, feed_statedbalance to mespoints_feed;
-- A stated balance that agrees with ours is counted and not kept.
grant delete on feed_statedbalance to mespoints_feed;
grant usage on sequence register_entry_id_seq to mespoints_feed;

-- Verifies everything (chains, projection, traces), changes nothing.
grant select on register_batch, register_holder, register_formeridentity, register_licence, register_formertitle,
    register_statedlicencestate, register_entry, register_chainhead, register_erasure, register_anchor, register_projection,
    register_projectionmark, access_log_accesstrace, access_log_segment to mespoints_audit;

-- The night: the importer, the projection, the outbox, its own report and its calendar.
grant select, insert, update, delete, truncate on register_projection, register_projectionmark to mespoints_night;
grant select on register_contact, identity_account, identity_link to mespoints_night;
grant select, insert, update on messages_outbox, desk_night to mespoints_night;
-- The courier: compares what was typed to be tied to a record, and writes to the channel on file.
grant select, update on identity_licenceclaim, messages_contactproof to mespoints_night;
grant select, insert, update, delete on rate_limits_counter to mespoints_night;
grant insert on register_anchor, access_log_segment to mespoints_night;
-- Papers whose life is over, shares ended long ago: what they say goes, unread.
grant select (id, kept_until), update (kept_until, initials, licence_state, categories) on documents_issueddocument
    to mespoints_night;
grant select (document_id), delete on documents_documentcopy to mespoints_night;
grant select (id, expires_on), delete on documents_share to mespoints_night;
grant select (id, share_id), delete on documents_shareview to mespoints_night;
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers to mespoints_night;
grant usage on sequence procrastinate_jobs_id_seq, procrastinate_events_id_seq, procrastinate_periodic_defers_id_seq
    to mespoints_night;

-- Erases what the law orders, and does nothing else; the triggers let no other role do it.
grant select on register_holder, register_entry, register_licence, register_formertitle, register_erasure to mespoints_retention;
grant update (kind, body, salt) on register_entry to mespoints_retention;
grant delete on register_licence, register_formertitle to mespoints_retention;
grant insert on register_erasure to mespoints_retention;
grant usage on sequence register_erasure_id_seq to mespoints_retention;

do $$
begin
    execute format('grant temporary on database %I to mespoints_feed, mespoints_night', current_database());
    -- ANALYZE after a large file. Before PostgreSQL 17 only the owner may, and autovacuum does it in its own time.
    if current_setting('server_version_num')::int >= 170000 then
        grant maintain on register_holder, register_licence, register_entry, register_chainhead, register_statedlicencestate
            to mespoints_feed;
    end if;
end
$$;

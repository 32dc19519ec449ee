-- A row is a statement: triggers and event triggers.
SELECT format('ALTER TABLE %s %s TRIGGER %I', r.name, how, tgname)
FROM pg_trigger JOIN relations r ON r.oid = tgrelid, unnest(ARRAY['ENABLE', 'DISABLE', 'ENABLE REPLICA', 'ENABLE ALWAYS']) how
WHERE NOT tgisinternal AND tgparentid = 0;

SELECT format('ALTER TRIGGER %I ON %s RENAME TO %I', tgname, r.name, raw)
FROM pg_trigger JOIN relations r ON r.oid = tgrelid, new_names
WHERE NOT tgisinternal;

SELECT format('DROP TRIGGER %I ON %s', tgname, r.name)
FROM pg_trigger JOIN relations r ON r.oid = tgrelid
WHERE NOT tgisinternal;

SELECT format('COMMENT ON TRIGGER %I ON %s IS %s', tgname, r.name, text)
FROM pg_trigger JOIN relations r ON r.oid = tgrelid, texts
WHERE NOT tgisinternal;

SELECT format('CREATE TRIGGER %I %s ON %s FOR EACH %s EXECUTE FUNCTION %s(''a'', ''b'')', raw, what, t.name, how, f.bare)
FROM relations t, routines f, new_names, unnest(ARRAY['BEFORE INSERT', 'AFTER INSERT OR UPDATE OR DELETE', 'BEFORE TRUNCATE', 'AFTER DELETE', 'INSTEAD OF UPDATE']) what, unnest(ARRAY['ROW', 'STATEMENT']) how
WHERE relkind IN ('r', 'p', 'v', 'f') AND f.returns = 'trigger'::regtype;

SELECT format('CREATE TRIGGER %I BEFORE UPDATE OF %s ON %s FOR EACH ROW WHEN (old.%s IS DISTINCT FROM new.%s) EXECUTE FUNCTION %s()', raw, c.name, c."table", c.name, c.name, f.bare)
FROM cells c, routines f, new_names
WHERE f.returns = 'trigger'::regtype;

SELECT format('CREATE TRIGGER %I AFTER UPDATE ON %s REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION %s()', raw, t.name, f.bare)
FROM tables t, routines f, new_names
WHERE f.returns = 'trigger'::regtype;

SELECT format('CREATE CONSTRAINT TRIGGER %I AFTER INSERT OR UPDATE ON %s FROM %s %s FOR EACH ROW EXECUTE FUNCTION %s()', raw, t.name, u.name, how, f.bare)
FROM tables t, tables u, routines f, new_names, unnest(ARRAY['', 'DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED']) how
WHERE f.returns = 'trigger'::regtype LIMIT 20000;

SELECT format('DROP TRIGGER %I ON %s; %s', tgname, r.name, regexp_replace(pg_get_triggerdef(t.oid), '(BEFORE|AFTER) (INSERT|UPDATE|DELETE)', '\1 DELETE'))
FROM pg_trigger t JOIN relations r ON r.oid = tgrelid
WHERE NOT tgisinternal;

SELECT format('CREATE OR REPLACE %s', replace(substr(pg_get_triggerdef(t.oid), 8), ' EXECUTE FUNCTION', ' WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION'))
FROM pg_trigger t JOIN relations r ON r.oid = tgrelid
WHERE NOT tgisinternal;

SELECT format('ALTER TABLE %s %s TRIGGER %s', t.name, how, what)
FROM tables t, unnest(ARRAY['ENABLE', 'DISABLE']) how, unnest(ARRAY['USER', 'ALL']) what
WHERE NOT relispartition;

SELECT format('ALTER EVENT TRIGGER %I %s', evtname, how)
FROM pg_event_trigger, unnest(ARRAY['ENABLE', 'DISABLE', 'ENABLE REPLICA', 'ENABLE ALWAYS', 'RENAME TO "other event"']) how;

SELECT format('DROP EVENT TRIGGER %I', evtname)
FROM pg_event_trigger;

SELECT format('CREATE EVENT TRIGGER %I ON %s EXECUTE FUNCTION %s()', raw, how, bare)
FROM routines, new_names, unnest(ARRAY['ddl_command_end', 'sql_drop', 'ddl_command_start WHEN TAG IN (''DROP TABLE'', ''CREATE TABLE'')']) how
WHERE returns = 'event_trigger'::regtype;

SELECT format('COMMENT ON EVENT TRIGGER %I IS %s', evtname, text)
FROM pg_event_trigger, texts;

CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'; CREATE TYPE level AS ENUM ('debug', 'info', 'error');
----
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), level level NOT NULL DEFAULT 'info', body jsonb);
CREATE INDEX events_at ON events USING brin (at);
----
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), level level NOT NULL DEFAULT 'info', body jsonb, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2020_01 PARTITION OF events FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2020-02-01 00:00+00');
CREATE TABLE events_2020_02 PARTITION OF events FOR VALUES FROM ('2020-02-01 00:00+00') TO ('2020-03-01 00:00+00');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_at ON events USING brin (at);
CREATE TRIGGER stamp BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION stamp();
----
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), level level NOT NULL DEFAULT 'info', body jsonb, PRIMARY KEY (id, at, level)) PARTITION BY RANGE (at);
CREATE TABLE events_2020_01 PARTITION OF events FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2020-02-01 00:00+00') PARTITION BY LIST (level);
CREATE TABLE events_2020_01_errors PARTITION OF events_2020_01 FOR VALUES IN ('error');
CREATE TABLE events_2020_01_rest PARTITION OF events_2020_01 DEFAULT;
CREATE TABLE events_2020_02 (body jsonb, level level NOT NULL DEFAULT 'debug', at timestamptz NOT NULL, id bigint NOT NULL, gone int);
ALTER TABLE events_2020_02 DROP gone;
CREATE INDEX own_at ON events_2020_02 (at DESC);
ALTER TABLE events ATTACH PARTITION events_2020_02 FOR VALUES FROM ('2020-02-01 00:00+00') TO ('2020-03-01 00:00+00');
CREATE TABLE events_default PARTITION OF events DEFAULT;
CREATE INDEX events_body ON events USING gin (body);
CREATE STATISTICS events_st (dependencies) ON at, level FROM events;
CREATE TRIGGER stamp AFTER UPDATE OF body ON events FOR EACH ROW WHEN (old.level = 'error') EXECUTE FUNCTION stamp();
ALTER TABLE events_2020_02 DISABLE TRIGGER stamp;
----
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), level level NOT NULL DEFAULT 'info', body jsonb) PARTITION BY LIST (level);
CREATE TABLE events_debug PARTITION OF events FOR VALUES IN ('debug') WITH (autovacuum_enabled = off);
CREATE TABLE events_rest PARTITION OF events FOR VALUES IN ('info', 'error') PARTITION BY HASH (id);
CREATE TABLE events_rest_0 PARTITION OF events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_rest_1 PARTITION OF events_rest FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE events_rest_3 PARTITION OF events_rest FOR VALUES WITH (MODULUS 4, REMAINDER 3);
ALTER TABLE events_rest_3 ADD UNIQUE (id), ALTER at DROP DEFAULT, ALTER body SET COMPRESSION pglz;
CREATE UNIQUE INDEX events_id ON events (id, level) INCLUDE (at);
ALTER TABLE events REPLICA IDENTITY FULL;
ALTER TABLE events_debug REPLICA IDENTITY NOTHING;
----
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), level level NOT NULL DEFAULT 'info', body jsonb);
CREATE TABLE events_2020_01 (CHECK (at < '2020-02-01 00:00+00')) INHERITS (events);
CREATE TABLE events_2020_02 (PRIMARY KEY (id)) INHERITS (events);
CREATE RULE to_january AS ON INSERT TO events WHERE new.at < '2020-02-01 00:00+00' DO INSTEAD INSERT INTO events_2020_01 VALUES (new.*);

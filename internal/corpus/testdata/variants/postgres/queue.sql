----
CREATE TABLE jobs (id bigserial PRIMARY KEY, queue text NOT NULL DEFAULT 'default', payload json NOT NULL DEFAULT '{}', run_at timestamptz NOT NULL DEFAULT now(), attempts int NOT NULL DEFAULT 0, locked_by text);
CREATE INDEX jobs_ready ON jobs (queue, run_at) WHERE locked_by IS NULL;
----
CREATE TYPE job_state AS ENUM ('ready', 'running', 'done', 'failed');
CREATE TABLE jobs (id bigint GENERATED ALWAYS AS IDENTITY (CACHE 20) PRIMARY KEY, queue text NOT NULL DEFAULT 'default', payload jsonb NOT NULL DEFAULT '{}', state job_state NOT NULL DEFAULT 'ready', run_at timestamptz NOT NULL DEFAULT now(), attempts smallint NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 25), errors text[]) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01);
CREATE INDEX jobs_ready ON jobs (queue, run_at) WHERE state = 'ready';
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('jobs', NEW.queue); RETURN NULL; END $$;
CREATE TRIGGER noted AFTER INSERT ON jobs FOR EACH ROW WHEN (NEW.state = 'ready') EXECUTE FUNCTION noted();
CREATE FUNCTION take(q text, n int DEFAULT 1) RETURNS SETOF jobs LANGUAGE sql AS $$ UPDATE queue.jobs SET state = 'running' WHERE id IN (SELECT id FROM queue.jobs WHERE queue = q AND state = 'ready' ORDER BY run_at FOR UPDATE SKIP LOCKED LIMIT n) RETURNING * $$;
----
CREATE TYPE job_state AS ENUM ('ready', 'done', 'dead');
CREATE TABLE jobs (id bigint GENERATED ALWAYS AS IDENTITY, queue text NOT NULL, payload jsonb NOT NULL DEFAULT '{}', state job_state NOT NULL DEFAULT 'ready', run_at timestamptz NOT NULL DEFAULT now(), priority int NOT NULL DEFAULT 0, UNIQUE (id, state, run_at)) PARTITION BY LIST (state);
CREATE TABLE jobs_ready PARTITION OF jobs FOR VALUES IN ('ready') WITH (fillfactor = 70);
CREATE TABLE jobs_done PARTITION OF jobs FOR VALUES IN ('done', 'dead') PARTITION BY RANGE (run_at);
CREATE TABLE jobs_done_2020 PARTITION OF jobs_done FOR VALUES FROM ('2020-01-01 00:00+00') TO ('2021-01-01 00:00+00');
CREATE TABLE jobs_done_rest PARTITION OF jobs_done DEFAULT;
CREATE INDEX jobs_by_queue ON jobs (queue, priority DESC, run_at);
CREATE INDEX jobs_done_at ON jobs_done USING brin (run_at) WITH (pages_per_range = 16);
CREATE PROCEDURE clean(before timestamptz) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM queue.jobs WHERE state = 'done' AND run_at < before; COMMIT; END $$;
CREATE VIEW backlog AS SELECT queue, state, count(*) AS n, min(run_at) AS oldest FROM jobs GROUP BY CUBE (queue, state);
----
CREATE TABLE queues (name text PRIMARY KEY, paused boolean NOT NULL DEFAULT false);
CREATE TABLE jobs (id bigserial PRIMARY KEY, queue text NOT NULL DEFAULT 'default' REFERENCES queues DEFERRABLE, payload bytea NOT NULL DEFAULT '\x', run_at timestamptz NOT NULL DEFAULT now(), attempts int NOT NULL DEFAULT 0, locked_by text, locked_at timestamptz, CHECK ((locked_by IS NULL) = (locked_at IS NULL)));

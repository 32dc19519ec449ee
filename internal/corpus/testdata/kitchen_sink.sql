-- A schema with something of every kind, and a few rows, which random changes begin from.
CREATE SCHEMA "Ware House";
CREATE SCHEMA aux;
COMMENT ON SCHEMA aux IS 'what helps';
CREATE SCHEMA "se.le""ct";

CREATE EXTENSION citext SCHEMA aux;
CREATE EXTENSION btree_gist;
CREATE EXTENSION postgres_fdw SCHEMA aux;

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE "Ware House"."St ate" AS ENUM ('new', 'in ''stock''', 'go"ne');
COMMENT ON TYPE mood IS 'how it feels';
CREATE DOMAIN aux.email AS aux.citext CONSTRAINT has_at CHECK (VALUE ~ '@') CONSTRAINT not_long CHECK (length(VALUE::text) < 100);
CREATE DOMAIN amount AS numeric(12,2) DEFAULT 0 NOT NULL CHECK (VALUE >= 0);
CREATE DOMAIN percent AS amount CHECK (VALUE <= 100);
CREATE DOMAIN moods AS mood[] CHECK (array_length(VALUE, 1) < 9);
CREATE DOMAIN code AS text COLLATE "C" CHECK (VALUE <> '');
COMMENT ON DOMAIN code IS 'short';
COMMENT ON CONSTRAINT has_at ON DOMAIN aux.email IS 'an @';
CREATE TYPE place AS (street text, "number" integer, at point);
CREATE TYPE aux.stop AS (where_to place, feeling mood, cost amount);
COMMENT ON COLUMN place.street IS 'with its number';
CREATE TYPE "Ware House".span AS RANGE (subtype = numeric, multirange_type_name = "Ware House".spans);
CREATE COLLATION aux.plain (locale = 'C');
CREATE COLLATION aux.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

CREATE SEQUENCE tickets AS integer START 100 INCREMENT 5 MAXVALUE 90000 CYCLE CACHE 3;
CREATE SEQUENCE aux.spare;
COMMENT ON SEQUENCE tickets IS 'for the door';

CREATE FUNCTION aux.shout(a text, b text DEFAULT '!') RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN upper(a) || b;
CREATE FUNCTION aux.shout(a integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT repeat('!', a) $$;
CREATE FUNCTION is_fine(m mood) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN m <> 'sad';
END $$;
CREATE FUNCTION less_place(a place, b place) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT (a)."number" < (b)."number" $$;
CREATE FUNCTION next_ticket() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('public.tickets') $$;
COMMENT ON FUNCTION aux.shout(integer) IS 'louder';
CREATE AGGREGATE loudest(text) (SFUNC = aux.shout, STYPE = text, INITCOND = '');
CREATE AGGREGATE aux.middle(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE OPERATOR aux.<<< (FUNCTION = less_place, LEFTARG = place, RIGHTARG = place, RESTRICT = scalarltsel);
CREATE FUNCTION mood_number(mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT CASE $1 WHEN 'sad' THEN 0 ELSE 1 END $$;
CREATE CAST (mood AS integer) WITH FUNCTION mood_number(mood) AS ASSIGNMENT;
CREATE CAST (place AS text) WITH INOUT;
COMMENT ON CAST (mood AS integer) IS 'a number';

CREATE TABLE people (
  id bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 2) PRIMARY KEY,
  mail aux.email UNIQUE,
  name text NOT NULL,
  nick character varying(20) COLLATE "C" DEFAULT 'no''body',
  feels mood DEFAULT 'ok' NOT NULL,
  moods moods DEFAULT '{ok,happy}',
  home place,
  trip aux.stop[],
  share percent,
  free "Ware House".span,
  weeks "Ware House".spans,
  loud text GENERATED ALWAYS AS (aux.shout(name)) STORED,
  fine boolean GENERATED ALWAYS AS (is_fine(feels)) STORED,
  boss bigint REFERENCES people DEFERRABLE,
  tags text[] DEFAULT ARRAY[]::text[],
  extra jsonb DEFAULT '{"a": [1]}' NOT NULL,
  since timestamp with time zone DEFAULT now() NOT NULL,
  born date CHECK (born > '1800-01-01'),
  CONSTRAINT "people:name" CHECK (name <> '') NO INHERIT,
  CONSTRAINT "nick or name" CHECK (nick IS NOT NULL OR name IS NOT NULL) NOT VALID
);
ALTER TABLE people ALTER name SET STATISTICS 200, ALTER extra SET STORAGE EXTERNAL, ALTER extra SET COMPRESSION pglz, ALTER born SET (n_distinct = -0.3);
ALTER TABLE people SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.1);
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE INDEX people_name ON people (lower(name) text_pattern_ops DESC NULLS LAST, id) INCLUDE (nick) WITH (fillfactor = 70) WHERE feels <> 'sad';
CREATE INDEX people_tags ON people USING gin (tags);
CREATE INDEX "people home" ON people (((home).street), (extra ->> 'a'));
CREATE UNIQUE INDEX people_nick ON people (nick COLLATE aux.plain) NULLS NOT DISTINCT;
ALTER TABLE people REPLICA IDENTITY FULL;
ALTER TABLE people CLUSTER ON "people home";
COMMENT ON TABLE people IS 'who comes';
COMMENT ON COLUMN people.mail IS E'where to write\nto them';
COMMENT ON CONSTRAINT "people:name" ON people IS 'has one';
COMMENT ON INDEX people_name IS 'to look up';
CREATE POLICY own ON people FOR SELECT TO pg_monitor USING (name = current_user);
CREATE POLICY "no sad" ON people AS RESTRICTIVE USING (feels <> 'sad') WITH CHECK (is_fine(feels));
COMMENT ON POLICY own ON people IS 'theirs';
CREATE STATISTICS aux.people_stat (mcv, dependencies) ON feels, share FROM people;
CREATE STATISTICS people_lower ON lower(name), born FROM people;
COMMENT ON STATISTICS aux.people_stat IS 'goes together';
GRANT SELECT (name, nick), UPDATE (nick) ON people TO pg_monitor;
GRANT SELECT ON people TO PUBLIC;

CREATE TABLE "Ware House"."Box es" (
  "Id" serial PRIMARY KEY,
  "sta te" "Ware House"."St ate" DEFAULT 'new',
  owner bigint CONSTRAINT "own""er" REFERENCES people ON DELETE SET NULL ON UPDATE CASCADE,
  "select" smallint DEFAULT 3 NOT NULL,
  ticket integer DEFAULT nextval('tickets') NOT NULL,
  code code UNIQUE DEFERRABLE INITIALLY DEFERRED,
  price amount,
  during tstzrange,
  x integer, y integer,
  UNIQUE (x, y) INCLUDE (price),
  FOREIGN KEY (owner) REFERENCES people MATCH FULL NOT VALID,
  EXCLUDE USING gist (ticket WITH =, during WITH &&) WHERE (during IS NOT NULL)
);
ALTER SEQUENCE aux.spare OWNED BY NONE;
CREATE TABLE "Ware House".notes (
  box integer REFERENCES "Ware House"."Box es" ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "x" integer, "y" integer,
  body text COLLATE aux.loose,
  search tsvector GENERATED ALWAYS AS (to_tsvector('simple', coalesce(body, ''))) STORED,
  FOREIGN KEY ("x", "y") REFERENCES "Ware House"."Box es" (x, y)
);
CREATE INDEX notes_search ON "Ware House".notes USING gin (search);
CREATE UNLOGGED TABLE "se.le""ct"."from" ("where" integer PRIMARY KEY, "a.b" uuid DEFAULT gen_random_uuid(), """" text);
CREATE TABLE typed OF place (PRIMARY KEY ("number"), street WITH OPTIONS DEFAULT 'main');

CREATE TABLE base (id integer PRIMARY KEY, label text DEFAULT 'l' NOT NULL, CHECK (id > 0), CONSTRAINT short CHECK (length(label) < 50) NO INHERIT);
CREATE TABLE base_2 (label text NOT NULL, weight numeric DEFAULT 1.5);
CREATE TABLE heir (more text, id integer DEFAULT 9 NOT NULL) INHERITS (base);
CREATE TABLE aux.heir_of_two (CHECK (weight > 0)) INHERITS (base, base_2);
CREATE TABLE grandchild (label text DEFAULT 'other') INHERITS (heir);
CREATE INDEX heir_label ON heir (label);

CREATE TABLE events (
  id bigint GENERATED BY DEFAULT AS IDENTITY,
  at date NOT NULL,
  kind text DEFAULT 'k' NOT NULL,
  who bigint REFERENCES people,
  amount integer CHECK (amount >= 0),
  note text,
  PRIMARY KEY (id, at, kind)
) PARTITION BY RANGE (at);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events (note DEFAULT 'later', CONSTRAINT positive CHECK (amount > -1)) FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (kind);
CREATE TABLE aux."events 2021 k" PARTITION OF events_2021 FOR VALUES IN ('k', 'j');
CREATE TABLE events_2021_rest PARTITION OF events_2021 DEFAULT;
CREATE TABLE events_rest PARTITION OF events DEFAULT PARTITION BY HASH (id);
CREATE TABLE events_rest_0 PARTITION OF events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE events_rest_1 PARTITION OF events_rest FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE INDEX events_kind ON events (kind);
CREATE INDEX events_note ON events_2020 (note) WHERE note <> '';

CREATE TABLE by_state (state "Ware House"."St ate" NOT NULL, n integer, UNIQUE (state, n)) PARTITION BY LIST (state);
CREATE TABLE by_state_new PARTITION OF by_state FOR VALUES IN ('new', NULL);
CREATE TABLE by_state_gone PARTITION OF by_state FOR VALUES IN ('go"ne');
CREATE TABLE by_hash (k text COLLATE "C", v integer DEFAULT 1) PARTITION BY HASH (k, v);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_hash_1 (v integer DEFAULT 2, k text COLLATE "C");
ALTER TABLE by_hash ATTACH PARTITION by_hash_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_expr (a integer, b text, c integer) PARTITION BY RANGE ((a % 10), b COLLATE "C");
CREATE TABLE by_expr_low PARTITION OF by_expr FOR VALUES FROM (MINVALUE, MINVALUE) TO (5, 'a');
CREATE TABLE by_expr_high PARTITION OF by_expr FOR VALUES FROM (5, 'a') TO (MAXVALUE, MAXVALUE);
CREATE TABLE to_parts (event bigint, at date, kind text, FOREIGN KEY (event, at, kind) REFERENCES events);

CREATE VIEW adults WITH (security_barrier) AS SELECT id, name, feels, home FROM people WHERE born < '2000-01-01' WITH LOCAL CHECK OPTION;
CREATE VIEW "Ware House"."gl ad" AS SELECT a.*, is_fine(a.feels) AS fine FROM adults a;
CREATE VIEW pairs AS SELECT p AS person, b.* FROM people p JOIN "Ware House"."Box es" b ON b.owner = p.id;
CREATE MATERIALIZED VIEW counts AS SELECT feels, count(*) AS n, max(name) AS "last" FROM people GROUP BY feels;
CREATE UNIQUE INDEX counts_feels ON counts (feels);
CREATE MATERIALIZED VIEW aux.sums WITH (fillfactor = 60) AS SELECT sum(n) AS total, 'x'::text AS t FROM counts WITH NO DATA;
CREATE VIEW aux.over AS SELECT c.n, e.amount, loudest(e.kind) OVER () AS l FROM counts c CROSS JOIN events e;
CREATE RECURSIVE VIEW bosses (id, depth) AS SELECT id, 0 FROM people WHERE boss IS NULL UNION ALL SELECT p.id, depth + 1 FROM people p JOIN bosses b ON p.boss = b.id;
ALTER VIEW adults ALTER feels SET DEFAULT 'happy';
COMMENT ON VIEW adults IS 'old enough';
COMMENT ON COLUMN adults.name IS 'full';
COMMENT ON MATERIALIZED VIEW counts IS 'counted';
GRANT SELECT ON adults TO pg_monitor;
CREATE RULE into_adults AS ON INSERT TO adults DO INSTEAD INSERT INTO people (name, feels) VALUES (new.name, new.feels);
CREATE RULE "quiet one" AS ON DELETE TO base WHERE old.id > 100 DO INSTEAD NOTHING;
CREATE RULE tell AS ON UPDATE TO base DO ALSO NOTIFY base;

CREATE FUNCTION person(p people) RETURNS text LANGUAGE sql STABLE RETURN (p).name || aux.shout((p).nick);
CREATE FUNCTION all_of(VARIADIC ids bigint[]) RETURNS SETOF people LANGUAGE sql STABLE ROWS 5 BEGIN ATOMIC SELECT * FROM people WHERE id = ANY (ids); END;
CREATE FUNCTION totals(OUT feels mood, OUT n bigint) RETURNS SETOF record LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT feels, n FROM counts $$;
CREATE FUNCTION "Ware House".box_rows() RETURNS TABLE ("Id" integer, s "Ware House"."St ate") LANGUAGE plpgsql COST 9 AS $$BEGIN RETURN QUERY SELECT b."Id", b."sta te" FROM "Ware House"."Box es" b; END$$;
CREATE PROCEDURE tidy(INOUT n integer DEFAULT 0) LANGUAGE plpgsql AS $$BEGIN DELETE FROM base WHERE id < n; n := n + 1; END$$;
CREATE PROCEDURE aux.tidy_sql(a text) LANGUAGE sql BEGIN ATOMIC DELETE FROM "Ware House".notes WHERE body = a; INSERT INTO base (id) VALUES (length(a)); END;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$;
CREATE FUNCTION aux.note_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$;
CREATE FUNCTION aux.note_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN END$$;
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF name, nick ON people FOR EACH ROW WHEN (new.name <> 'x') EXECUTE FUNCTION stamp('a', 'b''c');
CREATE TRIGGER "after all" AFTER UPDATE ON people REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION aux.note_change();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON "Ware House"."Box es" FROM people DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION aux.note_change();
CREATE TRIGGER on_view INSTEAD OF UPDATE ON "Ware House"."gl ad" FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE TRIGGER part_row AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION aux.note_change();
ALTER TABLE events DISABLE TRIGGER part_row;
ALTER TABLE people ENABLE REPLICA TRIGGER "after all";
COMMENT ON TRIGGER stamp ON people IS 'when';
CREATE EVENT TRIGGER ddl_noted ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION aux.note_ddl();

CREATE PUBLICATION "a few" FOR TABLE people (id, name), ONLY base WHERE (id > 5), events WITH (publish = 'insert, truncate', publish_via_partition_root);
CREATE PUBLICATION "of schema" FOR TABLES IN SCHEMA aux, "Ware House" WITH (publish = 'insert, delete');
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert');
COMMENT ON PUBLICATION "a few" IS 'a few';
CREATE TEXT SEARCH DICTIONARY aux.words (TEMPLATE = snowball, language = english, stopwords = english);
CREATE TEXT SEARCH CONFIGURATION wordy (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION wordy ALTER MAPPING FOR asciiword WITH aux.words, simple;
CREATE INDEX people_words ON people USING gin (to_tsvector('wordy'::regconfig, name));
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'h', dbname 'd');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS ("user" 'u');
CREATE FOREIGN TABLE aux.far_away (id integer OPTIONS (column_name 'no') NOT NULL, feels mood DEFAULT 'sad', CHECK (id > 0)) SERVER far OPTIONS (schema_name 's');
CREATE FUNCTION pick(a anyelement, b anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE VIEW picks AS SELECT pick(id, ARRAY[id]) AS p, next_ticket() AS t FROM base;
CREATE FUNCTION cmp_place(a place, b place) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT btint4cmp((a)."number", (b)."number") $$;
CREATE OPERATOR CLASS aux.place_ops FOR TYPE place USING btree AS OPERATOR 1 aux.<<<, FUNCTION 1 cmp_place(place, place);
ALTER DEFAULT PRIVILEGES IN SCHEMA aux GRANT SELECT ON TABLES TO pg_monitor;
GRANT USAGE ON SCHEMA aux TO PUBLIC;

INSERT INTO people (mail, name, nick, feels, home, share, free, born) VALUES ('a@b', 'Ann', 'n1', 'happy', ROW('s', 1, '(1,2)'), 5, '[1,2)', '1990-01-01'), ('c@d', 'Bob', 'n2', 'ok', NULL, 50, NULL, '2005-02-03'), (NULL, 'Cid', 'n3', 'ok', NULL, 1, NULL, NULL);
UPDATE people SET boss = 10 WHERE id > 10;
INSERT INTO "Ware House"."Box es" ("sta te", owner, code, price, during, x, y) VALUES ('new', 10, 'c1', 1, '[2020-01-01,2021-01-01)', 1, 1), ('go"ne', 12, 'c2', 2, NULL, 2, 2), (NULL, NULL, NULL, 3, NULL, NULL, NULL);
INSERT INTO "Ware House".notes VALUES (1, 1, 1, 'some words'), (2, NULL, NULL, NULL);
INSERT INTO "se.le""ct"."from" VALUES (1, DEFAULT, 'q'), (2, NULL, NULL);
INSERT INTO typed VALUES ('s', 1, NULL), ('t', 2, '(3,4)');
INSERT INTO base VALUES (1, 'one'), (2, 'two');
INSERT INTO base_2 VALUES ('b', 2);
INSERT INTO heir (id, more) VALUES (3, 'm'), (4, NULL);
INSERT INTO aux.heir_of_two (id, label, weight) VALUES (5, 'h', 3);
INSERT INTO grandchild (id, more) VALUES (6, 'g');
INSERT INTO events (at, kind, who, amount, note) VALUES ('2020-02-02', 'k', 10, 1, 'n'), ('2021-03-03', 'k', NULL, 2, NULL), ('2021-04-04', 'z', 12, 3, 'o'), ('2022-05-05', 'k', NULL, 4, NULL), ('2019-05-05', 'j', NULL, 4, NULL);
INSERT INTO by_state VALUES ('new', 1), ('go"ne', 2);
INSERT INTO by_hash VALUES ('a', 1), ('b', 2), ('c', 3), (NULL, NULL);
INSERT INTO by_expr VALUES (1, 'x', 1), (18, 'y', 2);
INSERT INTO to_parts SELECT id, at, kind FROM events LIMIT 2;
REFRESH MATERIALIZED VIEW counts;

package proof

import (
	"errors"
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

const serial = "CREATE SEQUENCE t_id_seq AS integer; CREATE TABLE t (id integer NOT NULL DEFAULT nextval('t_id_seq'), a text); ALTER SEQUENCE t_id_seq OWNED BY t.id"

func renamed(kind, parent, from, to string) []drivers.Rename {
	return []drivers.Rename{{From: hclschema.Identity{Kind: kind, Parent: parent, Name: from}, To: hclschema.Identity{Kind: kind, Parent: parent, Name: to}}}
}

// Plans for PostgreSQL that keep what should be kept, and go through with rows.
func TestPostgresCheck(t *testing.T) {
	cases := map[string]way{
		"widen a type":        {start: "CREATE TABLE t (a integer NOT NULL, b varchar(10))", end: "CREATE TABLE t (a bigint NOT NULL, b text)", upgrade: "ALTER TABLE t ALTER a TYPE bigint, ALTER b TYPE text", downgrade: "ALTER TABLE t ALTER a TYPE integer, ALTER b TYPE varchar(10)"},
		"text to integer":     {start: "CREATE TABLE t (a text NOT NULL)", end: "CREATE TABLE t (a integer NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE integer USING a::integer", downgrade: "ALTER TABLE t ALTER a TYPE text"},
		"integer to boolean":  {start: "CREATE TABLE t (a integer NOT NULL)", end: "CREATE TABLE t (a boolean NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE boolean USING a <> 0", downgrade: "ALTER TABLE t ALTER a TYPE integer USING a::integer"},
		"text to a date":      {start: "CREATE TABLE t (a text NOT NULL, b text)", end: "CREATE TABLE t (a date NOT NULL, b timestamptz)", upgrade: "ALTER TABLE t ALTER a TYPE date USING a::date, ALTER b TYPE timestamptz USING b::timestamptz", downgrade: "ALTER TABLE t ALTER a TYPE text, ALTER b TYPE text"},
		"zone":                {start: "CREATE TABLE t (a timestamp NOT NULL)", end: "CREATE TABLE t (a timestamptz NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE timestamptz", downgrade: "ALTER TABLE t ALTER a TYPE timestamp"},
		"numeric":             {start: "CREATE TABLE t (a numeric(10,2) NOT NULL, b numeric(5,1), c integer)", end: "CREATE TABLE t (a numeric(12,4) NOT NULL, b numeric(5), c numeric(10,2))", upgrade: "ALTER TABLE t ALTER a TYPE numeric(12,4), ALTER b TYPE numeric(5), ALTER c TYPE numeric(10,2)", downgrade: "ALTER TABLE t ALTER a TYPE numeric(10,2), ALTER b TYPE numeric(5,1), ALTER c TYPE integer"},
		"json to jsonb":       {start: "CREATE TABLE t (a json NOT NULL, b text)", end: "CREATE TABLE t (a jsonb NOT NULL, b jsonb)", upgrade: "ALTER TABLE t ALTER a TYPE jsonb, ALTER b TYPE jsonb USING b::jsonb", downgrade: "ALTER TABLE t ALTER a TYPE json, ALTER b TYPE text"},
		"text to uuid":        {start: "CREATE TABLE t (a text PRIMARY KEY)", end: "CREATE TABLE t (a uuid PRIMARY KEY)", upgrade: "ALTER TABLE t ALTER a TYPE uuid USING a::uuid", downgrade: "ALTER TABLE t ALTER a TYPE text"},
		"array of wider":      {start: "CREATE TABLE t (a integer[] NOT NULL)", end: "CREATE TABLE t (a bigint[] NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE bigint[]", downgrade: "ALTER TABLE t ALTER a TYPE integer[]"},
		"value added":         {start: "CREATE TYPE s AS ENUM ('a', 'b'); CREATE TABLE t (s s NOT NULL)", end: "CREATE TYPE s AS ENUM ('a', 'c', 'b'); CREATE TABLE t (s s NOT NULL)", upgrade: "ALTER TYPE s ADD VALUE 'c' AFTER 'a'", downgrade: "ALTER TYPE s RENAME TO o; CREATE TYPE s AS ENUM ('a', 'b'); ALTER TABLE t ALTER s TYPE s USING s::text::s; DROP TYPE o"},
		"value renamed":       {start: "CREATE TYPE s AS ENUM ('a', 'b'); CREATE TABLE t (s s NOT NULL)", end: "CREATE TYPE s AS ENUM ('a', 'x'); CREATE TABLE t (s s NOT NULL)", upgrade: "ALTER TYPE s RENAME VALUE 'b' TO 'x'", downgrade: "ALTER TYPE s RENAME VALUE 'x' TO 'b'"},
		"value removed":       {start: "CREATE TYPE s AS ENUM ('a', 'b', 'c'); CREATE TABLE t (s s NOT NULL DEFAULT 'a', l s[])", end: "CREATE TYPE s AS ENUM ('c', 'a'); CREATE TABLE t (s s NOT NULL DEFAULT 'a', l s[])", upgrade: "ALTER TABLE t ALTER s DROP DEFAULT; ALTER TYPE s RENAME TO o; CREATE TYPE s AS ENUM ('c', 'a'); ALTER TABLE t ALTER s TYPE s USING s::text::s, ALTER l TYPE s[] USING l::text[]::s[]; DROP TYPE o; ALTER TABLE t ALTER s SET DEFAULT 'a'", downgrade: "ALTER TABLE t ALTER s DROP DEFAULT; ALTER TYPE s RENAME TO o; CREATE TYPE s AS ENUM ('a', 'b', 'c'); ALTER TABLE t ALTER s TYPE s USING s::text::s, ALTER l TYPE s[] USING l::text[]::s[]; DROP TYPE o; ALTER TABLE t ALTER s SET DEFAULT 'a'"},
		"enum from text":      {start: "CREATE TYPE s AS ENUM ('a', 'b'); CREATE TABLE t (s text NOT NULL)", end: "CREATE TYPE s AS ENUM ('a', 'b'); CREATE TABLE t (s s NOT NULL)", upgrade: "ALTER TABLE t ALTER s TYPE s USING s::s", downgrade: "ALTER TABLE t ALTER s TYPE text"},
		"domain narrowed":     {start: "CREATE DOMAIN d AS integer; CREATE TABLE t (a d NOT NULL)", end: "CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 500); CREATE TABLE t (a d NOT NULL)", upgrade: "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 500)", downgrade: "ALTER DOMAIN d DROP CONSTRAINT c"},
		"column added":        {start: "CREATE TABLE t (a integer PRIMARY KEY)", end: "CREATE TABLE t (a integer PRIMARY KEY, b text NOT NULL DEFAULT 'x')", upgrade: "ALTER TABLE t ADD b text NOT NULL DEFAULT 'x'", downgrade: "ALTER TABLE t DROP b"},
		"column renamed":      {start: "CREATE TABLE t (a integer NOT NULL, b text)", end: "CREATE TABLE t (c integer NOT NULL, b text)", upgrade: "ALTER TABLE t RENAME a TO c", downgrade: "ALTER TABLE t RENAME c TO a", renames: renamed("column", "t", "a", "c")},
		"parent's renamed":    {start: "CREATE TABLE p (a integer NOT NULL); CREATE TABLE t (b text) INHERITS (p)", end: "CREATE TABLE p (c integer NOT NULL); CREATE TABLE t (b text) INHERITS (p)", upgrade: "ALTER TABLE p RENAME a TO c", downgrade: "ALTER TABLE p RENAME c TO a", renames: renamed("column", "p", "a", "c")},
		"generated to plain":  {start: "CREATE TABLE t (a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED)", end: "CREATE TABLE t (a integer NOT NULL, b integer)", upgrade: "ALTER TABLE t ALTER b DROP EXPRESSION", downgrade: "ALTER TABLE t DROP b; ALTER TABLE t ADD b integer GENERATED ALWAYS AS (a * 2) STORED"},
		"serial to identity":  {start: serial, end: "CREATE TABLE t (id integer NOT NULL GENERATED ALWAYS AS IDENTITY, a text)", upgrade: "ALTER TABLE t ALTER id DROP DEFAULT; CREATE TEMP TABLE next AS SELECT nextval('t_id_seq') AS n; DROP SEQUENCE t_id_seq; ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY; SELECT setval('t_id_seq', n) FROM next; DROP TABLE next", downgrade: "CREATE TEMP TABLE next AS SELECT nextval('t_id_seq') AS n; ALTER TABLE t ALTER id DROP IDENTITY; CREATE SEQUENCE t_id_seq AS integer OWNED BY t.id; ALTER TABLE t ALTER id SET DEFAULT nextval('t_id_seq'); SELECT setval('t_id_seq', n) FROM next; DROP TABLE next"},
		"identity from plain": {start: "CREATE TABLE t (id integer NOT NULL)", end: "CREATE TABLE t (id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY)", upgrade: "ALTER TABLE t ALTER id ADD GENERATED BY DEFAULT AS IDENTITY; SELECT setval('t_id_seq', (SELECT max(id) FROM t))", downgrade: "ALTER TABLE t ALTER id DROP IDENTITY"},
		"identity changed":    {start: "CREATE TABLE t (id integer NOT NULL GENERATED ALWAYS AS IDENTITY)", end: "CREATE TABLE t (id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY)", upgrade: "ALTER TABLE t ALTER id TYPE bigint, ALTER id SET GENERATED BY DEFAULT; ALTER SEQUENCE t_id_seq AS bigint", downgrade: "ALTER TABLE t ALTER id TYPE integer, ALTER id SET GENERATED ALWAYS; ALTER SEQUENCE t_id_seq AS integer"},
		"sequence":            {start: "CREATE SEQUENCE q; CREATE TABLE t (a integer)", end: "CREATE SEQUENCE q CACHE 7 MAXVALUE 1000; CREATE TABLE t (a integer)", upgrade: "ALTER SEQUENCE q CACHE 7 MAXVALUE 1000", downgrade: "ALTER SEQUENCE q CACHE 1 NO MAXVALUE"},
		"mutual keys":         {start: "CREATE TABLE a (id integer PRIMARY KEY, b_id integer NOT NULL); CREATE TABLE b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b", end: "CREATE TABLE a (id bigint PRIMARY KEY, b_id integer NOT NULL); CREATE TABLE b (id integer PRIMARY KEY, a_id integer NOT NULL REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b", upgrade: "ALTER TABLE a ALTER id TYPE bigint", downgrade: "ALTER TABLE a ALTER id TYPE integer"},
		"partition added":     {start: "CREATE TABLE t (a integer NOT NULL, b text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3)", end: "CREATE TABLE t (a integer NOT NULL, b text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (4)", upgrade: "CREATE TABLE t2 PARTITION OF t FOR VALUES IN (4)", downgrade: "DROP TABLE t2"},
		"partition detached":  {start: "CREATE TABLE t (a integer NOT NULL, b text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (3, 4)", end: "CREATE TABLE t (a integer NOT NULL, b text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2); CREATE TABLE t2 (a integer NOT NULL, b text)", upgrade: "ALTER TABLE t DETACH PARTITION t2", downgrade: "ALTER TABLE t ATTACH PARTITION t2 FOR VALUES IN (3, 4)"},
		"partition attached":  {start: "CREATE TABLE t (a integer NOT NULL, b text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2); CREATE TABLE t2 (a integer NOT NULL, b text)", end: "CREATE TABLE t (a integer NOT NULL, b text) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (3, 4)", upgrade: "ALTER TABLE t ATTACH PARTITION t2 FOR VALUES IN (3, 4)", downgrade: "ALTER TABLE t DETACH PARTITION t2"},
		"schema moved":        {start: "CREATE SCHEMA x; CREATE TABLE x.p (id integer PRIMARY KEY); CREATE TABLE t (p integer NOT NULL REFERENCES x.p)", end: "CREATE SCHEMA x; CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE t (p integer NOT NULL REFERENCES p)", upgrade: "ALTER TABLE x.p SET SCHEMA public", downgrade: "ALTER TABLE p SET SCHEMA x", renames: []drivers.Rename{{From: hclschema.Identity{Kind: "table", Schema: "x", Name: "p"}, To: hclschema.Identity{Kind: "table", Name: "p"}}}},
	}
	pool := newScratches(t)
	for name, w := range cases {
		t.Run(name, func(t *testing.T) {
			result, err := Check(t.Context(), pool.request(t, w))
			if err != nil {
				t.Fatal(err)
			}
			if result.Rows == 0 || result.WithoutRows != nil || result.NotBack != nil {
				t.Errorf("%d rows, without %q, not back %q", result.Rows, result.WithoutRows, result.NotBack)
			}
		})
	}
}

// Plans for PostgreSQL that are wrong in one way each.
func TestPostgresCheckCatches(t *testing.T) {
	cases := map[string]struct {
		way         way
		stage, says string
	}{
		"values are cut":           {way{start: "CREATE TABLE t (a text NOT NULL)", end: "CREATE TABLE t (a varchar(20) NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE varchar(20) USING left(a, 1)", downgrade: "ALTER TABLE t ALTER a TYPE text"}, "upgrade", "a was 'a1', is 'a'"},
		"values become others":     {way{start: "CREATE TABLE t (a integer NOT NULL)", end: "CREATE TABLE t (a bigint NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE bigint USING 0", downgrade: "ALTER TABLE t ALTER a TYPE integer"}, "upgrade", "is '0'"},
		"values get lost":          {way{start: "CREATE TABLE t (a text)", end: "CREATE TABLE t (a date)", upgrade: "ALTER TABLE t DROP a; ALTER TABLE t ADD a date", downgrade: "ALTER TABLE t ALTER a TYPE text"}, "upgrade", "is NULL"},
		"rows get lost":            {way{start: "CREATE TABLE t (a integer NOT NULL)", end: "CREATE TABLE t (a integer NOT NULL CHECK (a > 0))", upgrade: "TRUNCATE t; ALTER TABLE t ADD CHECK (a > 0)", downgrade: "ALTER TABLE t DROP CONSTRAINT t_a_check"}, "upgrade", "rows of t: 3 before, 0 after"},
		"a cast that fails":        {way{start: "CREATE TABLE t (a text NOT NULL)", end: "CREATE TABLE t (a integer NOT NULL)", upgrade: "ALTER TABLE t ALTER a TYPE integer", downgrade: "ALTER TABLE t ALTER a TYPE text"}, "upgrade", "cannot be cast"},
		"identity starts anew":     {way{start: "CREATE TABLE t (id integer NOT NULL)", end: "CREATE TABLE t (id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY)", upgrade: "ALTER TABLE t ALTER id ADD GENERATED BY DEFAULT AS IDENTITY", downgrade: "ALTER TABLE t ALTER id DROP IDENTITY"}, "upgrade", "counter of t.id: the next number is 1 after the upgrade, but there is a row with 3"},
		"serial starts anew":       {way{start: serial, end: "CREATE TABLE t (id integer NOT NULL GENERATED ALWAYS AS IDENTITY, a text)", upgrade: "ALTER TABLE t ALTER id DROP DEFAULT; DROP SEQUENCE t_id_seq; ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY", downgrade: "ALTER TABLE t ALTER id DROP IDENTITY"}, "upgrade", "counter of t.id: the next number is 1"},
		"a sequence is made anew":  {way{start: "CREATE SEQUENCE q", end: "CREATE SEQUENCE q CACHE 7", upgrade: "DROP SEQUENCE q; CREATE SEQUENCE q CACHE 7", downgrade: "ALTER SEQUENCE q CACHE 1"}, "upgrade", "counter of q"},
		"a partition loses rows":   {way{start: "CREATE TABLE t (a integer NOT NULL) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3)", end: "CREATE TABLE t (a integer NOT NULL) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3, 4)", upgrade: "DROP TABLE t1; CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3, 4)", downgrade: "DROP TABLE t1; CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3)"}, "upgrade", "rows of t: 3 before, 0"},
		"a detached one loses its": {way{end: "CREATE TABLE t (a integer NOT NULL) PARTITION BY LIST (a); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2, 3)", start: "CREATE TABLE t (a integer NOT NULL) PARTITION BY LIST (a); CREATE TABLE t1 (a integer NOT NULL)", upgrade: "TRUNCATE t1; ALTER TABLE t ATTACH PARTITION t1 FOR VALUES IN (1, 2, 3)", downgrade: "ALTER TABLE t DETACH PARTITION t1"}, "upgrade", "rows of "},
		"new check":                {way{start: "CREATE TABLE t (a integer NOT NULL)", end: "CREATE TABLE t (a integer NOT NULL)", upgrade: "DELETE FROM t WHERE a > 1"}, "upgrade", "rows of t: 3 before, 1"},
	}
	pool := newScratches(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Check(t.Context(), pool.request(t, c.way))
			var failure *Failure
			if !errors.As(err, &failure) {
				t.Fatalf("the proof says %v", err)
			}
			if failure.Stage != c.stage || !strings.Contains(failure.Error(), c.says) {
				t.Errorf("got stage %q:\n%v\nwanted stage %q, %q", failure.Stage, failure, c.stage, c.says)
			}
		})
	}
}

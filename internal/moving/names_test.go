package moving

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
)

func nothing(string) (string, bool) { return "", false }

func variables(values map[string]string) Lookup {
	return func(name string) (string, bool) {
		value, ok := values[name]
		return value, ok
	}
}

// A version table may have another name, which the tool's own configuration tells.
func TestConfiguredTable(t *testing.T) {
	for _, c := range []struct {
		tool, file, content string
		environment         map[string]string
		want                Table
		from                string
	}{
		{"goose", ".env", "GOOSE_TABLE=ops.versions # here\n", nil, Table{"ops", "versions"}, ".env"},
		{"goose", ".env", "GOOSE_TABLE=a\n", map[string]string{"GOOSE_TABLE": "b"}, Table{"", "b"}, "GOOSE_TABLE"},
		{"goose", "x", "", map[string]string{"GOOSE_TABLE": "b"}, Table{"", "b"}, "GOOSE_TABLE"},
		{"dbmate", ".env", "export DBMATE_MIGRATIONS_TABLE='versions'\n", nil, Table{"", "versions"}, ".env"},
		{"flyway", "flyway.conf", "flyway.table=history\r\nflyway.schemas=app,other\r\n", nil, Table{"app", "history"}, "flyway.conf"},
		{"flyway", "flyway.toml", "[flyway]\ntable = \"history\"\n", nil, Table{"", "history"}, "flyway.toml"},
		{"flyway", "flyway.toml", "[environments.default]\nschemas = [\"app\"]\n", nil, Table{"app", "flyway_schema_history"}, "flyway.toml"},
		{"flyway", "flyway.toml", "[flyway]\nenvironment = \"dev\"\n[environments.dev]\nschemas = [\"app\"]\n[environments.dev.flyway]\ntable = \"h\"\n", nil, Table{"app", "h"}, "flyway.toml"},
		{"flyway", "x", "", map[string]string{"FLYWAY_TABLE": "h", "FLYWAY_DEFAULT_SCHEMA": "s"}, Table{"s", "h"}, "FLYWAY_TABLE"},
		{"atlas", "atlas.hcl", "env \"a\" {\n  migration {\n    dir = \"file://m\"\n    revisions_schema = \"meta\"\n  }\n}\n", nil, Table{"meta", "atlas_schema_revisions"}, "atlas.hcl"},
		{"alembic", "alembic.ini", "[alembic]\nscript_location = a\nversion_table = v\nversion_table_schema = s\n", nil, Table{"s", "v"}, "alembic.ini"},
		{"golang-migrate", "x", "", nil, Table{}, ""},
	} {
		got, err := tool(t, c.tool).Configured(folder(map[string]string{c.file: c.content}), variables(c.environment))
		if err != nil || got.Table != c.want || got.TableFrom != c.from {
			t.Errorf("%s %q: %+v, %v", c.tool, c.content, got, err)
		}
	}
	var wrong *FolderError
	two := "env \"a\" {\n  migration {\n    revisions_schema = \"x\"\n  }\n}\nenv \"b\" {\n  migration {\n    revisions_schema = \"y\"\n  }\n}\n"
	if _, err := tool(t, "atlas").Configured(folder(map[string]string{"atlas.hcl": two}), nothing); !errors.As(err, &wrong) || !strings.Contains(wrong.WayOut, "--from-table") {
		t.Error(err)
	}
	if _, err := tool(t, "flyway").Configured(folder(map[string]string{"flyway.conf": "flyway.sqlMigrationPrefix=M\n"}), nothing); !errors.As(err, &wrong) {
		t.Error(err)
	}
}

// Alembic's table is named where Python says so, as far as that can be read without running it.
func TestAlembicTable(t *testing.T) {
	root := folder(map[string]string{"alembic.ini": "[alembic]\nversion_table = from_ini\n"})
	for content, want := range map[string]Table{
		"context.configure(\n    connection=c,\n    version_table=\"v\",  # not \"w\"\n    version_table_schema='s',\n)\n": {"s", "v"},
		"TABLE: str = \"v\"\ncontext.configure(version_table=TABLE)\n":                                                     {"", "v"},
		"context.configure(version_table=config.get_main_option(\"version_table\"))\n":                                     {"", "from_ini"},
		"options = {\"version_table\": \"v\", 'version_table_schema': \"s\"}\n":                                            {"s", "v"},
		"context.configure(version_table_schema='s')\n":                                                                    {"s", "alembic_version"},
		"# context.configure(version_table='v')\n":                                                                         {},
		"context.configure(version_table_schema=None)\n":                                                                   {},
	} {
		got, computed, err := AlembicTable(folder(map[string]string{"env.py": content}), root)
		if err != nil || got != want || computed != "" {
			t.Errorf("%q: %+v, %q, %v", content, got, computed, err)
		}
	}
	if _, computed, _ := AlembicTable(folder(map[string]string{"env.py": "context.configure(version_table=name())\n"}), root); computed == "" {
		t.Error("a name that Python makes isn't told")
	}
}

func TestParseTable(t *testing.T) {
	for text, want := range map[string]Table{
		"a": {"", "a"}, "a.b": {"a", "b"}, `"a"."b"`: {"a", "b"}, `"a.b"`: {"", "a.b"}, `s."a.b"`: {"s", "a.b"},
	} {
		if got := ParseTable(text); got != want || ParseTable(got.String()) != want {
			t.Errorf("%s: %+v, %s", text, got, got)
		}
	}
}

// golang-migrate has the table's name in the URL.
func TestGolangMigrateURL(t *testing.T) {
	for text, want := range map[string]Table{
		"postgres://h/d?sslmode=disable":                        {},
		"postgres://h/d?x-migrations-table=a.b&sslmode=disable": {"", "a.b"},
		"postgres://h/d?sslmode=disable&x-migrations-table=%22a%22.%22b%22&x-migrations-table-quoted=1&x-multi=1": {"a", "b"},
	} {
		url, got := GolangMigrateURL(text)
		if url != "postgres://h/d?sslmode=disable" || got != want {
			t.Errorf("%s: %s, %+v", text, url, got)
		}
	}
	if url, _ := GolangMigrateURL("sqlite:///a.db?x-migrations-table=v"); url != "sqlite:///a.db" {
		t.Error(url)
	}
}

// Files that aren't those of which atlas.sum tells are named.
func TestAtlasSum(t *testing.T) {
	hash := func(texts ...string) string {
		h := sha256.Sum256([]byte(strings.Join(texts, "")))
		return base64.StdEncoding.EncodeToString(h[:])
	}
	one, two := hash("1_a.sql", "A;"), hash("1_a.sql", "A;", "2_b.sql", "B;")
	sum := "h1:" + hash("1_a.sql", one, "2_b.sql", two) + "\n1_a.sql h1:" + one + "\n2_b.sql h1:" + two + "\n"
	for _, c := range []struct {
		files map[string]string
		want  string
	}{
		{map[string]string{"1_a.sql": "A;", "2_b.sql": "B;"}, ""},
		{map[string]string{"1_a.sql": "A; ", "2_b.sql": "B;"}, "1_a.sql was changed"},
		{map[string]string{"1_a.sql": "A;", "2_b.sql": "C;"}, "2_b.sql was changed"},
		{map[string]string{"1_a.sql": "A;"}, "2_b.sql is in atlas.sum, and there is no such file"},
		{map[string]string{"1_a.sql": "A;", "1_c.sql": "C;", "2_b.sql": "B;"}, "1_c.sql is not in atlas.sum, and comes before 2_b.sql"},
		{map[string]string{"1_a.sql": "A;", "2_b.sql": "B;", "3_c.sql": "C;"}, "3_c.sql is not in atlas.sum"},
	} {
		c.files["atlas.sum"] = sum
		err := atlasSum(folder(c.files), nil)
		if (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%v: %v; want %s", c.files, err, c.want)
		}
	}
	if err := atlasSum(folder(map[string]string{"1_a.sql": "A;", "atlas.sum": strings.Replace(sum, "h1:", "h1:x", 1)}), nil); err == nil {
		t.Error("a first line that isn't the hash of the others is taken")
	}
	if err := atlasSum(folder(map[string]string{"1_a.sql": "A;"}), nil); err != nil {
		t.Error(err)
	}
}

// Placeholders of Flyway get marks, and their values from its configuration; those without one are told with their places.
func TestPlaceholders(t *testing.T) {
	conf := "flyway.placeholders.owner=app\nflyway.placeholders.Table-Space=${SPACE}\nflyway.defaultSchema=sales\n"
	configuration, err := tool(t, "flyway").Configured(folder(map[string]string{"flyway.conf": conf}), variables(map[string]string{"SPACE": "fast", "FLYWAY_PLACEHOLDERS_READER": "bob"}))
	if err != nil {
		t.Fatal(err)
	}
	text, found, err := configuration.Values.marked("sub/V1__a.sql", "A ${owner} ${OWNER} ${table-space} ${reader} ${flyway:defaultSchema} ${flyway:filename} ${flyway:table} $x")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		text = strings.ReplaceAll(text, p.Mark, p.Variable+"="+p.Value.Text+"("+p.Value.Variable+")")
	}
	if want := "A owner=app() OWNER=app() table_space=fast(SPACE) reader=bob(FLYWAY_PLACEHOLDERS_READER) flyway_defaultSchema=sales() flyway_filename=V1__a.sql() flyway_table=flyway_schema_history() $x"; text != want {
		t.Errorf("got %s, want %s", text, want)
	}
	files := folder(map[string]string{"V1__a.sql": "A;\n${one} ${two};\n", "V2__b.sql": "${one}", "V2__b.sql.conf": "placeholderReplacement=false", "V3__c.sql": "\n\n${two}"})
	list, err := tool(t, "flyway").List(files)
	if err != nil {
		t.Fatal(err)
	}
	var wrong *FolderError
	err = tool(t, "flyway").Read(files, list, configuration.Values)
	if !errors.As(err, &wrong) || wrong.Reason != "V1__a.sql:2 has ${one}, V1__a.sql:2 has ${two}, V3__c.sql:3 has ${two}, and nothing says what they stand for" ||
		!strings.Contains(wrong.WayOut, "flyway.placeholders.one=value in flyway.conf") {
		t.Errorf("%v", err)
	}
}

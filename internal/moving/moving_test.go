package moving

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func tool(t *testing.T, name string) Tool {
	t.Helper()
	for _, tool := range Tools() {
		if tool.Name == name {
			return tool
		}
	}
	t.Fatal("no tool " + name)
	return Tool{}
}

func folder(files map[string]string) fstest.MapFS {
	fs := fstest.MapFS{}
	for name, content := range files {
		fs[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fs
}

// Files are known by their names, and compared as each tool does.
func TestVersions(t *testing.T) {
	for _, c := range []struct {
		tool  string
		files map[string]string
		want  []string
	}{
		{"goose", map[string]string{"00010_b.sql": "", "9_a.go": "", "README.md": "", "x.sql": "", "0_z.sql": ""}, []string{"9", "10"}},
		{"golang-migrate", map[string]string{"10_b.up.sql": "", "10_b.down.sql": "", "009_a.up.sql": ""}, []string{"10"}},
		{"dbmate", map[string]string{"001_b.sql": "", "20240101.sql": ""}, []string{"001", "20240101"}},
		{"alembic", map[string]string{
			"a.py": "revision = 'a'\r\ndown_revision = None\r\n", "b.py": "\ufeffx = 1\nrevision: str = \"b\"\ndown_revision: str | None = \"a\"  # x\n",
			"m.py": "revision = 'm'\ndown_revision = (\n    'b',\n    'c',\n)\n", "c.py": "revision = 'c'\ndown_revision = 'a'\n", "__init__.py": "",
		}, []string{"m"}},
		{"goose", nil, nil},
	} {
		got, err := tool(t, c.tool).Versions(folder(c.files))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", c.tool, got, err, c.want)
		}
	}
}

// What can't be told apart, or isn't whole, is refused.
func TestRefused(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"goose":          {"1_a.sql": "", "001_b.sql": ""},
		"golang-migrate": {"99999999999999999999_a.up.sql": ""},
		"alembic":        {"b.py": "revision = 'b'\ndown_revision = 'a'\n"},
	} {
		var wrong *FolderError
		if _, err := tool(t, name).Versions(folder(files)); !errors.As(err, &wrong) || wrong.WayOut == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A version's last row counts.
func TestCompare(t *testing.T) {
	d := Compare([]string{"1", "2", "3"}, []Row{{"1", Applied}, {"2", Applied}, {"2", Undone}, {"4", Applied}, {"5", Unsettled}})
	if !slices.Equal(d.Pending, []string{"2", "3"}) || !slices.Equal(d.Unknown, []string{"4"}) || !slices.Equal(d.Unsettled, []string{"5"}) {
		t.Errorf("%+v", d)
	}
}

// What another revision depends on may have a row in Alembic's table, and isn't needed there; what another one follows may not.
func TestCompareAlembic(t *testing.T) {
	files := folder(map[string]string{
		"a0.py": "revision = 'a0'\ndown_revision = None\nbranch_labels = ('core',)\n", "a1.py": "revision = 'a1'\ndown_revision = 'a0'\n",
		"b0.py": "revision = 'b0'\ndown_revision = None\nbranch_labels = None\ndepends_on = 'core'\n", "b1.py": "revision = 'b1'\ndown_revision = 'b0'\ndepends_on = ['a1']\n",
	})
	for _, c := range []struct{ rows, unknown, pending string }{
		{"b1", "", ""}, {"a1 b1", "", ""}, {"a0 a1 b1", "", ""}, {"a0", "", "b1"}, {"a1 b0", "", "b1"}, {"b0 b1", "b0", ""}, {"x b1", "x", ""}, {"x a0", "x", "b1"},
	} {
		var rows []Row
		for version := range strings.FieldsSeq(c.rows) {
			rows = append(rows, Row{version, Applied})
		}
		d, err := tool(t, "alembic").Compare(files, rows)
		if unknown, pending := strings.Join(d.Unknown, " "), strings.Join(d.Pending, " "); err != nil || unknown != c.unknown || pending != c.pending {
			t.Errorf("rows %s: unknown %q, pending %q, %v; want %q, %q", c.rows, unknown, pending, err, c.unknown, c.pending)
		}
	}
}

// What Flyway runs again when it changes stands behind the versions that are applied, where it is itself.
func TestPlaced(t *testing.T) {
	flyway := tool(t, "flyway")
	list, err := flyway.List(folder(map[string]string{"V1__a.sql": "", "V2_0__b.sql": "", "V3__c.sql": "", "R__old_view.sql": "", "R__view.sql": ""}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		rows, want string
		applied    int
	}{
		{"", "V1__a V2_0__b V3__c R__old_view R__view", 0},
		{"1,2,R view", "V1__a V2_0__b R__view V3__c R__old_view", 3},
		{"1,R view,2.0,3,R old view", "V1__a V2_0__b V3__c R__old_view R__view", 5},
	} {
		var rows []Row
		for version := range strings.SplitSeq(c.rows, ",") {
			rows = append(rows, Row{version, Applied})
		}
		var got []string
		placed := flyway.Placed(list, rows)
		for _, m := range placed {
			got = append(got, strings.TrimSuffix(m.File, ".sql"))
		}
		if applied, d := flyway.Standing(placed, rows); strings.Join(got, " ") != c.want || applied != c.applied || len(d.Passed) > 0 {
			t.Errorf("with rows %s: %v, %d applied, passed over %v; want %s, %d", c.rows, got, applied, d.Passed, c.want, c.applied)
		}
	}
}

// Files are read as their tools read them, whatever their line ends.
func TestRead(t *testing.T) {
	read := func(name string, files map[string]string) (list []Migration, err error) {
		fs := folder(files)
		if list, err = tool(t, name).List(fs); err == nil {
			err = tool(t, name).Read(fs, list, Values{})
		}
		return list, err
	}
	for _, c := range []struct {
		tool  string
		files map[string]string
		want  string
	}{
		{"goose", map[string]string{"1_a_b.sql": "\ufeff-- +goose Up\r\nA;\r\n-- +goose StatementBegin\r\nB\r\n-- +goose StatementEnd\r\n--+goose Down\r\nC;\r\n"}, "v1 a b up[A; | B] down[C;]"},
		{"goose", map[string]string{"02_x.sql": "-- a word\n-- +goose no transaction\n-- +goose up\nA;\n"}, "v02 x up alone[A;]"},
		{"golang-migrate", map[string]string{"3_.up.sql": "A", "3_.down.sql": ""}, "v3 3 up[A] down[]"},
		{"dbmate", map[string]string{"2024.sql": "-- migrate:up\nA\n-- migrate:down transaction:false\nB\n-- migrate:up\nC\n-- migrate:down transaction:false\n"}, "v2024 2024 up[A | C] down alone[B]"},
		{"flyway", map[string]string{"V1_2__a_b.sql": "A", "sub/U1.2__a_b.sql": "B", "V1_2__a_b.sql.conf": "executeInTransaction=false\n"}, "v1_2 a b up alone[A] down[B]"},
		{"atlas", map[string]string{"1_a.sql": "-- atlas:txmode none\n-- atlas:nolint\n\nA;\n"}, "v1 a up alone[A;]"},
		{"atlas", map[string]string{"1_a.sql": "-- atlas:txmode none\r\nA;\r\n"}, "v1 a up alone[A;]"},
		{"dbmate", map[string]string{"1_a.sql": "-- migrate:up transaction:false\r\nA;\r\n-- migrate:down\r\n"}, "v1 a up alone[A;] down[]"},
		{"atlas", map[string]string{"1.sql": "-- atlas:delimiter \\n\\n\n\nA\n\nB\n"}, "v1 1 up[A | B]"},
		{"atlas", map[string]string{"1.sql": "-- atlas:txtar\n\n-- migration.sql --\nA;\n-- down.sql --\nB;\n"}, "v1 1 up[A;] down[B;]"},
	} {
		list, err := read(c.tool, c.files)
		if err != nil || len(list) != 1 {
			t.Errorf("%s: %v, %v", c.tool, list, err)
			continue
		}
		if got := shown(list[0]); got != c.want {
			t.Errorf("%s: got %s, want %s", c.tool, got, c.want)
		}
	}
	for content, name := range map[string]string{
		"-- +goose Up\n\xff":                            "goose",
		"-- +goose Up\n-- +goose Up\n":                  "goose",
		"-- +goose Down\n":                              "goose",
		"-- +goose Up\n-- +goose Sideways\n":            "goose",
		"SELECT 1;\n":                                   "dbmate",
		"-- migrate:down\n":                             "dbmate",
		"-- atlas:nolint\nA;\n-- +goose Down\nB;\n":     "atlas",
		"-- migrate:up\nA;\n-- migrate:down\nB;\n":      "atlas",
		"-- atlas:checkpoint\nA":                        "atlas",
		"-- atlas:something\nA":                         "atlas",
		"-- atlas:txtar\n-- checks.sql --\nSELECT 1;\n": "atlas",
		"-- atlas:txtar\nA":                             "atlas",
	} {
		var wrong *FolderError
		if _, err := read(name, map[string]string{"1_a.sql": content}); !errors.As(err, &wrong) || wrong.WayOut == "" {
			t.Errorf("%s: %q: %v", name, content, err)
		}
	}
}

// shown is a migration in one line.
func shown(m Migration) string {
	text := m.ID + " " + m.Message
	for _, one := range []struct {
		name string
		part Part
	}{{"up", m.Up}, {"down", m.Down}} {
		if !one.part.There {
			continue
		}
		var texts []string
		for _, sql := range one.part.Texts {
			if sql = strings.TrimSpace(sql); sql != "" {
				texts = append(texts, sql)
			}
		}
		text += " " + one.name
		if one.part.Alone {
			text += " alone"
		}
		text += "[" + strings.Join(texts, " | ") + "]"
	}
	return text
}

// A database may be anywhere on the way.
func TestStanding(t *testing.T) {
	for _, c := range []struct {
		tool    string
		files   []string
		rows    []Row
		applied int
		passed  []string
		unknown []string
	}{
		{"goose", []string{"1_a.sql", "2_b.sql", "3_c.sql"}, []Row{{"1", Applied}, {"3", Applied}, {"2", Applied}, {"3", Undone}}, 2, nil, nil},
		{"goose", []string{"1_a.sql", "2_b.sql", "3_c.sql"}, []Row{{"1", Applied}, {"3", Applied}}, 1, []string{"2"}, nil},
		{"golang-migrate", []string{"1_a.up.sql", "02_b.up.sql", "10_c.up.sql"}, []Row{{"2", Applied}}, 2, nil, nil},
		{"golang-migrate", []string{"1_a.up.sql", "3_b.up.sql"}, []Row{{"2", Applied}}, 1, nil, []string{"2"}},
		{"dbmate", []string{"1.sql", "02.sql"}, []Row{{"02", Applied}}, 1, nil, nil},
		{"flyway", []string{"V1__a.sql", "V1.10__b.sql", "V1.9__c.sql", "R__x_y.sql"}, []Row{{"1.0", Applied}, {"1.9", Applied}, {"R x y", Applied}}, 2, []string{"1.10"}, nil},
		{"flyway", []string{"V1__a.sql", "V2__b.sql"}, []Row{{"1.5", Baseline}}, 1, nil, nil},
		{"flyway", []string{"V1__a.sql", "R__x.sql"}, []Row{{"1", Applied}, {"R x", Applied}, {"R x", Applied}}, 2, nil, nil},
		{"atlas", []string{"1.sql", "2_b.sql", "3.sql"}, []Row{{"2", Baseline}}, 2, nil, nil},
	} {
		files := map[string]string{}
		for _, name := range c.files {
			files[name] = ""
		}
		list, err := tool(t, c.tool).List(folder(files))
		if err != nil {
			t.Fatal(err)
		}
		applied, d := tool(t, c.tool).Standing(list, c.rows)
		if applied != c.applied || !slices.Equal(d.Passed, c.passed) || !slices.Equal(d.Unknown, c.unknown) {
			t.Errorf("%s %v %v: %d, %+v", c.tool, c.files, c.rows, applied, d)
		}
	}
}

// The tools' own configurations name the folder.
func TestConfigured(t *testing.T) {
	for _, c := range []struct{ tool, file, content, want string }{
		{"alembic", "alembic.ini", "\ufeff[other]\nscript_location = no\n[alembic]\r\n# script_location = no\nscript_location = %(here)s/app/migrations\n", "app/migrations/versions"},
		{"alembic", "alembic.ini", "[alembic]\nscript_location = pkg:migrations\n", ""},
		{"alembic", "alembic.ini", "[alembic]\nscript_location = a\nversion_locations =\n  %(here)s/b\n", "b"},
		{"alembic", "pyproject.toml", "[tool.alembic]\nscript_location = \"%(here)s/c\"\n", "c/versions"},
		{"atlas", "atlas.hcl", "env \"a\" {\n  migration {\n    dir = \"file://x/y\"\n  }\n}\nenv \"b\" {\n  migration {\n    dir = var.dir\n  }\n}\n", "x/y"},
		{"flyway", "flyway.toml", "[flyway]\nlocations = [\"classpath:db/migration\"]\n", "src/main/resources/db/migration"},
		{"flyway", "conf/flyway.conf", "# x\nflyway.locations=filesystem:./sql\n", "sql"},
		{"goose", ".env", "export GOOSE_MIGRATION_DIR=\"./db/steps\"\n", "db/steps"},
		{"dbmate", ".env", "DATABASE_URL=x\nDBMATE_MIGRATIONS_DIR=m\n", "m"},
		{"golang-migrate", ".env", "X=y\n", ""},
	} {
		got, err := tool(t, c.tool).Configured(folder(map[string]string{c.file: c.content}), nothing)
		if err != nil || got.Folder != c.want || (got.FolderFrom == c.file) != (got.Folder != "") {
			t.Errorf("%s: %+v, %v; want %q", c.tool, got, err, c.want)
		}
	}
	for _, c := range []struct{ tool, file, content string }{
		{"flyway", "flyway.conf", "flyway.locations=filesystem:a,filesystem:b\n"},
		{"flyway", "flyway.toml", "[flyway\n"},
		{"atlas", "atlas.hcl", "env \"a\" {\n  migration {\n    dir = \"file://x?format=goose\"\n  }\n}\n"},
		{"atlas", "atlas.hcl", "env {"},
	} {
		var wrong *FolderError
		if _, err := tool(t, c.tool).Configured(folder(map[string]string{c.file: c.content}), nothing); !errors.As(err, &wrong) || wrong.WayOut == "" {
			t.Errorf("%s: %v", c.tool, err)
		}
	}
}

package hclschema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLoadReportsErrors has models and the errors that they give, all of them, in order.
func TestLoadReportsErrors(t *testing.T) {
	for _, c := range []struct{ name, models, want string }{
		{"unknown block", "tabel \"t\" {}", `1,1-10: Unknown block; There is no block "tabel" in models. Did you mean "table"? The blocks are schema, table, view, trigger, virtual_table, data, mixin, variable or locals.`},
		{"another engine's block", "enum \"e\" {\nvalues = [\"a\"]\n}", "1,1-9: Not on this database; SQLite has no enums. Take it out of the models for this database."},
		{"part by itself", "column \"c\" {}", "1,1-11: Block in the wrong place; A column stands in a table block, not by itself."},
		{"unknown attribute", table("  uniqe = true"), `3,3-8: Unknown attribute; A table has no attribute "uniqe". Did you mean "unique"?`},
		{"unknown nested block", table("  indx \"i\" {}"), `3,3-11: Unknown block; A table has no block "indx". Did you mean "index"?`},
		{"attribute of another engine", table("  engine = \"InnoDB\""), "3,3-9: Not on this database; SQLite has no engine for a table (MySQL, MariaDB only). Take it out of the models for this database."},
		{"block as attribute", table("  primary_key = 1"), "3,3-14: Block expected; primary_key is a block: write primary_key { … } without the equals sign."},
		{"attribute as block", table("  strict {}"), "3,3-9: Attribute expected; strict is an attribute: write strict = … instead of a block."},
		{"wrong sort", table("  strict = \"yes\""), `3,12-17: Wrong value; strict must be true or false, not the text "yes".`},
		{"type in quotes", "table \"t\" {\ncolumn \"c\" {\ntype = \"text\"\n}\n}", `3,8-14: Wrong type; A type stands without quotes: type = text. For the engine's own text write type = sql("…").`},
		{"wrong type", "table \"t\" {\ncolumn \"c\" {\ntype = txet\n}\n}", "3,8-12: Wrong type; There is no type txet; did you mean text?"},
		{"column twice", table("  column \"A\" {}"), `3,3-13: Declared twice; There is a column "a" of "t" already, at m.hcl:2. Rename one of them or take it away.`},
		{"table twice", table("") + "\n" + table(""), `4,1-10: Declared twice; There is a table "t" already, at m.hcl:1. Rename one of them or take it away.
5,3-13: Declared twice; There is a column "a" of "t" already, at m.hcl:2. Rename one of them or take it away.`},
		{"view like a table", table("") + "\nview \"T\" {\nas = \"SELECT 1\"\n}", `4,1-9: Name is taken; The view "T" has the name of the table "t" at m.hcl:1, and the engine keeps both in one list of names. Give one of them another name.`},
		{"index of two tables", table("  index \"i\" { columns = [column.a] }") + "\n" + strings.Replace(table("  index \"I\" { columns = [column.a] }"), `"t"`, `"u"`, 1),
			`7,3-12: Name is taken; The index "I" of "u" has the name of the index "i" of "t" at m.hcl:3, and the engine keeps both in one list of names. Give one of them another name.`},
		{"names that look the same", table("") + "\ntable \"é\" {\ncolumn \"a\" {}\n}\ntable \"e\\u0301\" {\ncolumn \"a\" {}\n}",
			"7,1-16: Names look the same; The table \"e\u0301\" and the one at m.hcl:4 differ only in how accents are encoded (Unicode composition), which nobody can see. Give one of them another name."},
		{"unknown column", table("  index \"i\" { columns = [column.b] }"), `3,26-34: Unknown column; Table "t" has no column "b". It has a.`},
		{"unknown table", table("  foreign_key { \n columns = [column.a]\n ref_columns = [table.tt.column.a]\n}"), `5,17-34: Unknown table; There is no table "tt". Did you mean "t"?`},
		{"beside what can't be evaluated", "table \"t\" {\ncolumn \"a\" {\ntype = int\nauto_increment = true\n}\ncolumn \"b\" {\ntype = txet\n}\nprimary_key { columns = [column.a, local.none] }\ncheck \"c\" {\nexpr = env(\"HOME\")\n}\n}",
			`7,8-12: Wrong type; There is no type txet; did you mean text?
9,36-46: Unknown local value; There is no local value "none". Set it in a locals block, or correct the name.
11,8-19: Function not allowed; Models are data: env() works in database.hcl and migrations.hcl alone. Declare a variable, write var.name, and give --var name=value.`},
		{"pairs of columns", table("  foreign_key \"f\" {\n columns = [column.a]\n ref_table = table.t\n ref_columns = [\"a\", \"b\"]\n}"), "3,3-18: Columns don't pair up; The foreign key has 1 column and refers to 2 columns. Name as many in ref_columns as in columns."},
		{"target missing", table("  foreign_key \"f\" { columns = [column.a] }"), "3,3-18: Target missing; A foreign key needs what it refers to: write ref_columns = [table.users.column.id], or ref_table = table.users for its primary key."},
		{"two primary keys", table("  primary_key { columns = [column.a] }\n  primary_key { columns = [column.a] }"), `4,3-14: Two primary keys; Table "t" has a primary key already, at m.hcl:3. Name all columns in one.`},
		{"no columns", "table \"t\" {}", `1,1-10: Table without columns; Table "t" has no columns. Add one: column "id" { type = int }.`},
		{"key without columns", table("  primary_key {}"), "3,3-14: Columns missing; This primary key has no columns. Write columns = [column.id], or an on { … } block for each."},
		{"column named twice", table("  primary_key { columns = [column.a, column.A] }"), `3,38-46: Column named twice; Column "A" stands in the list already. Take one away.`},
		{"generated with default", "table \"t\" {\ncolumn \"c\" {\ntype = int\nas = \"1\"\ndefault = 1\n}\n}", `5,1-8: Default of a generated column; Column "c" gets its value from an expression and can't have a default as well. Take one away.`},
		{"counter on another column", "table \"t\" {\ncolumn \"c\" {\ntype = int\nauto_increment = true\n}\n}", `4,1-22: Wrong auto_increment; Column "c" must be the only column of the primary key: write primary_key { columns = [column.c] }, or take auto_increment away.`},
		{"counter on a text", "table \"t\" {\ncolumn \"c\" {\ntype = text\nauto_increment = true\n}\nprimary_key { columns = [column.c] }\n}", `4,1-22: Wrong auto_increment; Column "c" must be an integer to count. Write type = int, or take auto_increment away.`},
		{"renamed from itself", table("  renamed_from = \"t\""), `3,18-21: Renamed from itself; The table "t" is said to be renamed from its own name. Write the name that it had, or take renamed_from away.`},
		{"renamed from itself in its schema", table("  renamed_from = \"main.t\""), `1,1-10: Renamed from itself; The table "t" is said to be renamed from "main.t", which is its own name. Write the name that it had, or take renamed_from away.`},
		{"renamed from another", table("  column \"b\" { renamed_from = \"A\" }"), `3,3-13: Former name in use; The column "b" of "t" is said to be renamed from "A", but m.hcl:2 declares one of that name too. Take renamed_from away, or rename the other.`},
		{"renamed twice", table("  column \"b\" { renamed_from = \"z\" }\n  column \"c\" { renamed_from = \"z\" }"), `4,3-13: Renamed twice; The column "c" of "t" is said to be renamed from "z", and so is the column "b" of "t" at m.hcl:3. Only one of them can be it.`},
		{"empty name", "table \"\" {}", "1,7-9: Empty name; A name can't be empty. Write at least one character."},
		{"NUL in a name", "table \"a\\u0000\" {}", `1,7-16: Wrong character in a name; The name "a\x00" holds a NUL character, which no database takes. Take it out.`},
		{"no name", table("  index { columns = [column.a] }"), `3,3-8: Name missing; This index has no name. Write it behind the block's type: index "name" { … }.`},
		{"too many labels", table("  index \"a\" \"b\" { columns = [column.a] }"), "3,13-16: Too many labels; An index block has one label, its name."},
		{"word that isn't one", table("  foreign_key {\n columns = [column.a]\n ref_columns = [column.a]\n on_delete = CASCDE\n}"), `6,14-20: Unknown word; on_delete can't be "CASCDE". Did you mean "CASCADE"? It is NO_ACTION, RESTRICT, CASCADE, SET_NULL or SET_DEFAULT.`},
		{"default word", "table \"t\" {\ncolumn \"c\" {\ndefault = CURRENT_TIMESTAMP\n}\n}", `3,11-28: Wrong value; The word CURRENT_TIMESTAMP is no default. Write "CURRENT_TIMESTAMP" in quotes for a text, or sql("CURRENT_TIMESTAMP") for SQL.`},
		{"unknown schema", table("  schema = schema.mian") + "\nschema \"main\" {}", `3,12-23: Unknown schema; No block declares the schema "mian". Did you mean "main"? Write schema "mian" {}, or leave the attribute out for the default schema.`},
		{"second schema", "schema \"app\" {}", `1,1-13: Not on this database; SQLite has one schema, "main", and no other. Write schema "main" {}, or take the block and the attributes schema away.`},
		{"view columns of Atlas", "view \"v\" {\nas = \"SELECT 1\"\ncolumn \"a\" {}\n}", "3,1-11: Not on this database; SQLite has no column for a view (PostgreSQL, MySQL only). Take it out of the models for this database."},
		{"view without query", "view \"v\" {}", `1,1-9: Attribute missing; A view needs as: write as = "SELECT …".`},
		{"trigger on nothing", "trigger \"t\" {\non = table.x\nafter { insert = true }\nas = \"SELECT 1\"\n}", `2,6-13: Unknown table; There is no table "x". Declare it, or write the name in quotes for one that these models don't manage.`},
		{"trigger for the statement", table("") + "\ntrigger \"g\" {\non = table.t\nafter { insert = true }\nfor = STATEMENT\nas = \"SELECT 1\"\n}", "7,7-16: Not on this database; A trigger of SQLite runs for each row. Write for = ROW, or take it away."},
		{"trigger with two events", table("") + "\ntrigger \"g\" {\non = table.t\nafter {\ninsert = true\ndelete = true\n}\nas = \"SELECT 1\"\n}", "6,1-6: Several events; A trigger of SQLite has one event, and this one has 2. Write a trigger for each."},
		{"instead of a table", table("") + "\ntrigger \"g\" {\non = table.t\ninstead_of { insert = true }\nas = \"SELECT 1\"\n}", `6,1-11: Wrong time; Only a trigger on a view runs instead of something, and "t" is a table. Write before or after.`},
		{"depends on nothing", table("  depends_on = [view.v, trigger.g]"), `3,17-23: Unknown view; There is no view "v". Declare it, or write the name in quotes for one that these models don't manage.
3,25-34: Unknown object; There is no trigger "g" to depend on. Declare it, or take the reference away.`},
		{"check twice", table("  check \"k\" { expr = \"1\" }\n  check \"k\" { expr = \"2\" }"), `4,3-12: Declared twice; There is a check "k" of "t" already, at m.hcl:3. Rename one of them or take it away.`},
		{"empty SQL", table("  check \"k\" { expr = \" \" }"), "3,22-25: SQL missing; expr is empty. Write the SQL, or take the attribute away."},
		{"unique on a column", "table \"t\" {\ncolumn \"c\" {\nunique = true\n}\n}", `3,1-7: Unknown attribute; A column has no attribute "unique". Write unique { columns = [column.NAME] } in the table.`},
		{"everything at once", "table \"t\" {\n  column \"a\" { tpye = int }\n  index \"i\" { columns = [column.b] }\n  engine = 1\n}\nvue \"x\" {}",
			`2,16-20: Unknown attribute; A column has no attribute "tpye". Did you mean "type"?
3,26-34: Unknown column; Table "t" has no column "b". It has a.
4,3-9: Not on this database; SQLite has no engine for a table (MySQL, MariaDB only). Take it out of the models for this database.
6,1-8: Unknown block; There is no block "vue" in models. The blocks are schema, table, view, trigger, virtual_table, data, mixin, variable or locals.`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags := Load([]Source{{Name: "m.hcl", Bytes: []byte(c.models)}}, nil, testDialect{})
			var got []string
			for _, d := range diags {
				got = append(got, strings.TrimPrefix(d.Error(), "m.hcl:"))
			}
			if diff := cmp.Diff(strings.Split(c.want, "\n"), got); diff != "" {
				t.Errorf("%s\n%s", c.models, diff)
			}
		})
	}
}

// table is a table with a column a and more lines.
func table(more string) string {
	if more != "" {
		more += "\n"
	}
	return "table \"t\" {\n  column \"a\" {}\n" + more + "}"
}

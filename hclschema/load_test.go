package hclschema

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func load(t *testing.T, text string) *State {
	t.Helper()
	state, diags := Load([]Source{{Name: "m.hcl", Bytes: []byte(text)}}, nil, testDialect{})
	for _, d := range diags {
		t.Error(d)
	}
	if t.Failed() {
		t.FailNow()
	}
	return state
}

// lines shows a state: a line for each object with its properties.
func lines(state *State) string {
	var b strings.Builder
	for _, o := range state.Objects() {
		b.WriteString(o.Identity.String())
		for _, name := range o.Properties.Names() {
			fmt.Fprintf(&b, " %s=%s", name, o.Properties[name])
		}
		if o.RenamedFrom != "" {
			fmt.Fprintf(&b, " renamed_from=%s", o.RenamedFrom)
		}
		for _, id := range o.DependsOn {
			fmt.Fprintf(&b, " needs %s", id)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestLoadReadsEveryKind(t *testing.T) {
	for _, c := range []struct{ name, models, want string }{
		{"column properties", `
			table "t" {
			  column "id" { 
			    type = int
			    auto_increment = true
			  }
			  column "a" {
			    type = varchar(20)
			    null = true
			    default = "it's"
			    collate = "NOCASE"
			    renamed_from = "z"
			  }
			  column "b" {
			    type = sql("UNSIGNED BIG INT")
			    default = -1.5
			    null_on_conflict = REPLACE
			    null_name = "nn"
			  }
			  column "c" {
			    as = "a || b"
			  }
			  column "d" {
			    type = int
			    default = null
			    as {
			      expr = "b + 1"
			      type = STORED
			    }
			  }
			  column "e" {
			    type = bool
			    default = true
			  }
			  column "f" {
			    type = text
			    default = sql("NULL")
			  }
			  column "g" {
			    type = text
			    default "named" {
			      as = sql("CURRENT_TIMESTAMP")
			    }
			  }
			  primary_key {
			    columns = [column.id]
			  }
			}`, `table t
column t.id auto_increment=true type=integer
column t.a collate=NOCASE default='it''s' null=true type=varchar(20) renamed_from=z
column t.b default=-1.5 null_name=nn null_on_conflict=REPLACE type=UNSIGNED BIG INT
column t.c generated=a || b generated_type=VIRTUAL
column t.d generated=b + 1 generated_type=STORED type=int
column t.e default=TRUE type=bool
column t.f default=NULL type=text
column t.g default=CURRENT_TIMESTAMP default_name=named type=text
primary_key t columns=column id
`},
		{"table options and keys", `
			schema "main" {}
			table "main" "t" {
			  schema = schema.main
			  strict = true
			  without_rowid = true
			  column "a" { 
			    type = int 
			    null = true
			  }
			  column "b" { type = text }
			  primary_key "pk" {
			    on { 
			      column = column.a 
			      desc = true
			    }
			    on { 
			      column = column.b
			      collate = "RTRIM"
			    }
			    on_conflict = IGNORE
			  }
			  unique { columns = [column.b] }
			  unique "u" {
			    columns = [column.a, column.b]
			    on_conflict = REPLACE
			  }
			  check { expr = "a > 0" }
			  check { expr = "a > 0" }
			  check "named" { expr = "b <> ''" }
			  index "i" {
			    unique = true
			    columns = [column.b]
			    where = "a > 1"
			  }
			  index "j" {
			    on { expr = "lower(b)" }
			    on { 
			      column = column.a
			      desc = true
			    }
			  }
			}`, `table t strict=true without_rowid=true
column t.a type=int
column t.b type=text
primary_key t columns=column a desc, collate RTRIM column b name=pk on_conflict=IGNORE
unique t (b) columns=column b
unique t.u columns=column a, column b on_conflict=REPLACE
check t (a > 0) expr=a > 0
check t (a > 0) #2 expr=a > 0
check t.named expr=b <> ''
index t.i columns=column b unique=true where=a > 1
index t.j columns=expr lower(b), column a desc
`},
		{"foreign keys", `
			table "a" {
			  column "id" { type = int }
			  column "b" { type = int }
			  primary_key { columns = [column.id] }
			  foreign_key "to_b" {
			    columns = [column.b]
			    ref_columns = [table.b.column.id]
			    on_delete = SET_NULL
			    on_update = "no action"
			    deferrable = INITIALLY_DEFERRED
			  }
			  foreign_key {
			    columns = [column.b]
			    ref_columns = [column.id]
			    match = FULL
			  }
			}
			table "b" {
			  column "id" { type = int }
			  foreign_key { 
			    columns = [column.id]
			    ref_table = table.a
			  }
			  foreign_key { 
			    columns = [column.id]
			    ref_table = "elsewhere"
			    ref_columns = ["x"]
			  }
			}`, `table a
column a.id type=integer
column a.b type=int
primary_key a columns=column id
foreign_key a.to_b columns=b deferrable=INITIALLY_DEFERRED on_delete=SET_NULL ref_columns=id ref_table=b needs table b
foreign_key a (b) references a (id) columns=b match=FULL ref_columns=id ref_table=a
table b
column b.id type=int
foreign_key b (id) references a columns=id ref_table=a needs table a
foreign_key b (id) references elsewhere (x) columns=id ref_columns=x ref_table=elsewhere needs table elsewhere
`},
		{"views, triggers, virtual tables", `
			table "t" {
			  column "a" { type = int }
			}
			view "v" {
			  columns = ["x"]
			  as = <<-SQL
			    SELECT a
			    FROM t
			  SQL
			  depends_on = [table.t]
			}
			trigger "one" {
			  on = table.t
			  after {
			    update_of = [table.t.column.a]
			  }
			  for  = ROW
			  when = "new.a > 1"
			  as   = "BEGIN SELECT 1; END"
			}
			trigger "two" {
			  on = view.v
			  instead_of { delete = true }
			  as = "SELECT 1 -- ;"
			}
			virtual_table "docs" {
			  module = "fts5"
			  arguments = ["title", "tokenize='porter'"]
			}`, `table t
column t.a type=int
view v as=SELECT a
FROM t view_columns=x needs table t
trigger t.one as=BEGIN SELECT 1; END event=UPDATE timing=AFTER update_of=a when=new.a > 1
trigger v.two as=BEGIN
SELECT 1 -- ;
;
END event=DELETE timing=INSTEAD_OF
virtual_table docs arguments=title, tokenize='porter' module=fts5
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, lines(load(t, c.models))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

package conformance

import "strings"

// stagedPostgresCases are changes that have to wait for one another: names within names, marks of indexes, partitions of partitions.
func stagedPostgresCases() []Case {
	postgres := []string{"postgres"}
	schemaTable := func(schema, table, column string) string {
		return block(`schema "`+schema+`"`) + block(`table "`+table+`"`, "schema = schema."+schema, "column \""+column+"\" { type = int }")
	}
	inSchema := func(schema, values, value string) string {
		return block(`schema "`+schema+`"`) + block(`enum "e"`, "schema = schema."+schema, "values = ["+values+"]") +
			block(`table "t"`, "schema = schema."+schema, "column \"id\" { type = int }", "column \"e\" {\n  type = enum.e\n  default = \""+value+"\"\n}")
	}
	identified := func(null, more string) string {
		return block(`table "t"`, "column \"id\" { type = int }", "column \"a\" {\n  type = int\n  null = "+null+"\n}", "index \"t_id\" {\n  unique = true\n  columns = [column.id]\n}", more)
	}
	marked := func(table string) string {
		return block(`table "`+table+`"`, "column \"id\" { type = int }", "column \"k\" { type = int }", "primary_key \"pk\" { columns = [column.id] }", "unique \"uk\" { columns = [column.k] }",
			"cluster_on = index.pk", "replica_identity = index.uk") +
			block(`table "r"`, "column \"x\" {\n  type = int\n  null = true\n}", "foreign_key \"fk\" {\n  columns = [column.x]\n  ref_columns = [table."+table+".column.id]\n}") +
			block(`view "v"`, `as = "SELECT `+table+`.id FROM `+table+` JOIN r ON x = id"`)
	}
	byA := "index \"t_a\" {\n  unique = true\n  columns = [column.a]\n}\nreplica_identity = index.t_a"
	part := func(name, from, to, more string) string {
		return block(`partition "`+name+`"`, "of = table.p1", "from = "+from, "to = "+to, more)
	}
	keyed := func(table, by, key, more string) string {
		columns := "column \"" + key + "\" { type = text }\ncolumn \"" + more + "\" {\n  type = int\n  null = true\n}"
		switch by {
		case "":
			return block(`table "`+table+`"`, columns)
		case "HASH":
			return block(`table "`+table+`"`, columns, "partition {\n  type = HASH\n  columns = [column."+key+"]\n}") + block(`partition "`+table+`_0"`, "of = table."+table, "modulus = 1", "remainder = 0")
		}
		return block(`table "`+table+`"`, columns, "partition {\n  type = "+by+"\n  columns = [column."+key+"]\n}") + block(`partition "`+table+`_0"`, "of = table."+table, "default = true")
	}
	called := func(index, key string) string {
		return block(`table "t"`, "column \"id\" { type = int }", "index \""+index+"\" { columns = [column.id] }", "unique \""+key+"\" { columns = [column.id] }")
	}
	spanning := func(name string) string {
		return block(`range "`+name+`"`, "subtype = float8", "multirange = \"many\"") + block(`table "t"`, "column \"id\" { type = int }")
	}
	// watched is a table with partitions of a partition, a trigger that would see rows come anew, and a foreign key that leads to it.
	watched := func(kind, key, h string, parts ...string) string {
		return block(`table "p"`, "column \"k\" { type = int }", "column \"h\" { type = "+h+" }", "column \"v\" { type = text }", "primary_key { columns = [column.k, column.h] }", "partition {\n  type = RANGE\n  columns = [column.k]\n}") +
			block(`partition "p1"`, "of = table.p", "from = 0", "to = 10", "partition {\n  type = "+kind+"\n  columns = [\""+key+"\"]\n}") + strings.Join(parts, "") +
			block(`function "mark"`, "lang = PLpgSQL", "return = trigger", `as = "BEGIN NEW.v := NEW.v || '!'; RETURN NEW; END"`) +
			block(`trigger "mark"`, "on = table.p", "before { insert = true }", "for = ROW", "execute { function = function.mark }") +
			block(`table "r"`, "column \"k\" { type = int }", "column \"h\" { type = "+h+" }", "foreign_key {\n  columns = [column.k, column.h]\n  ref_columns = [table.p.column.k, table.p.column.h]\n}")
	}
	hash := func(name, modulus, remainder string) string {
		return block(`partition "`+name+`"`, "of = table.p1", "modulus = "+modulus, "remainder = "+remainder)
	}
	distributed := func(modulus, key, foreign string) string {
		text := block(`table "p"`, "column \"k\" { type = int }", key, "partition {\n  type = HASH\n  columns = [column.k]\n}") + block(`table "r"`, "column \"k\" { type = int }", foreign) +
			block(`partition "pa"`, "of = table.p", "modulus = "+modulus, "remainder = 0")
		if modulus == "2" {
			text += block(`partition "pb"`, "of = table.p", "modulus = 2", "remainder = 1")
		}
		return text
	}
	counted := func(identity, more string) string {
		return block(`table "p"`, "column \"id\" {\n  type = bigint\n  "+identity+"\n}", "column \"k\" { type = int }", more, "partition {\n  type = RANGE\n  columns = [column.k]\n}") +
			block(`partition "p1"`, "of = table.p", "from = 0", "to = 10", "partition {\n  type = LIST\n  columns = [\"id\"]\n}") + block(`partition "p1r"`, "of = table.p1", "default = true")
	}
	rest := block(`partition "p1r"`, "of = table.p1", "default = true")
	seen := []string{"INSERT INTO p VALUES (1, 1, 'x'), (2, 2, 'y'), (3, 3, 'z')", "INSERT INTO r VALUES (1, 1), (3, 3)"}
	kept := []Query{{Before: "SELECT k, h, v FROM p ORDER BY k", Want: "1|1|x!\n2|2|y!\n3|3|z!"}}
	rows := []string{"INSERT INTO t VALUES (1, 2)"}
	return []Case{
		{Name: "schema, table and column in it renamed", Dialects: postgres, Before: schemaTable("s", "t", "a"), After: schemaTable("r", "u", "b"),
			Renames: []string{"s=r", "s.t=u", "s.t.a=b"}, Rows: []string{"INSERT INTO s.t VALUES (7)"},
			Holds: []Query{{Before: "SELECT a FROM s.t", After: "SELECT b FROM r.u", Want: "7"}}},
		{Name: "schema renamed while an enum in it gets a value", Dialects: postgres, Renames: []string{"s=r"},
			Before: inSchema("s", `"a"`, "a"), After: inSchema("r", `"a", "b"`, "b"), Rows: []string{"INSERT INTO s.t (id) VALUES (7)"},
			Holds: []Query{{Before: "SELECT id, e FROM s.t", After: "SELECT id, e FROM r.t", Want: "7|a"}}},
		{Name: "table in place of another whose keys it names as that did, clustered and identified by them", Dialects: postgres,
			Before: marked("a"), After: marked("b"), Unproven: true, Rows: []string{"INSERT INTO r VALUES (NULL)"}},
		{Name: "enum by which a table is partitioned loses a value", Dialects: postgres,
			In: block(`enum "e"`, "…") + block(`table "t"`, "column \"id\" {\n  type = int\n  identity {}\n}", "column \"e\" {\n  type = enum.e\n  default = \"a\"\n}", "partition {\n  type = LIST\n  columns = [column.e]\n}", "index \"t_e\" { columns = [column.e] }") +
				block(`partition "t_a"`, "of = table.t", "in = [\"a\"]") + block(`partition "t_rest"`, "of = table.t", "default = true", "partition {\n  type = HASH\n  columns = [\"id\"]\n}") +
				block(`partition "t_rest_0"`, "of = table.t_rest", "modulus = 1", "remainder = 0") + block(`view "v"`, `as = "SELECT id, e FROM t"`),
			Before: `values = ["a", "b", "c"]`, After: `values = ["b", "a"]`, Rows: []string{"INSERT INTO t (e) VALUES ('a'), ('b')"},
			Holds: []Query{{Before: "SELECT tableoid::regclass, id, e FROM t ORDER BY id", Want: "t_a|1|a\nt_rest_0|2|b"}}},
		{Name: "enum by which a partition is partitioned gets a value", Dialects: postgres,
			In: block(`enum "e"`, "…") + block(`table "t"`, "column \"id\" { type = int }", "column \"e\" { type = enum.e }", "partition {\n  type = RANGE\n  columns = [column.id]\n}") +
				block(`partition "t_1"`, "of = table.t", "from = 1", "to = 5", "partition {\n  type = LIST\n  columns = [\"e\"]\n}") + block(`partition "t_1_a"`, "of = table.t_1", "in = [\"a\"]") + block(`partition "t_2"`, "of = table.t", "default = true"),
			Before: `values = ["a"]`, After: `values = ["z", "a"]`, Rows: []string{"INSERT INTO t VALUES (1, 'a'), (9, 'a')"},
			Holds: []Query{{Before: "SELECT tableoid::regclass, id, e FROM t ORDER BY id", Want: "t_1_a|1|a\nt_2|9|a"}}},
		{Name: "range whose multirange has the name of another's", Dialects: postgres, Since: 14, Before: spanning("r"), After: spanning("s"), Rows: []string{"INSERT INTO t VALUES (1)"}},
		{Name: "enum and domain called like an index and a key", Dialects: postgres, Before: block(`enum "e"`, `values = ["x"]`) + called("i", "u"), After: block(`enum "i"`, `values = ["x"]`) + block(`domain "u"`, "type = int") + called("i", "u"), Rows: []string{"INSERT INTO t VALUES (1)"}},
		{Name: "table renamed to the name of an enum that goes", Dialects: postgres, Before: block(`enum "e"`, `values = ["x"]`) + called("i", "u"), After: strings.Replace(called("i", "u"), `"t"`, `"e"`, 1), Renames: []string{"t=e"}, Rows: []string{"INSERT INTO t VALUES (1)"},
			Holds: []Query{{Before: "SELECT id FROM t", After: "SELECT id FROM e", Want: "1"}}},
		{Name: "enum with an empty value", Dialects: postgres, In: block(`enum "e"`, "…") + block(`table "t"`, "column \"a\" { type = enum.e }"),
			Before: `values = ["", "x"]`, After: `values = ["x", ""]`, Rows: []string{"INSERT INTO t VALUES ('')"}},
		{Name: "hash partitions of a partition get another modulus", Dialects: postgres, Moves: true, Rows: seen, Holds: kept,
			Before: watched("HASH", "h", "int", hash("p1a", "2", "0"), hash("p1b", "2", "1")), After: watched("HASH", "h", "int", hash("p1a", "3", "0"), hash("p1b", "3", "1"), hash("p1c", "3", "2"))},
		{Name: "new foreign key to a table whose rows are distributed anew", Dialects: postgres, Before: distributed("2", "", ""), Rows: []string{"INSERT INTO p VALUES (1)", "INSERT INTO r VALUES (9)"},
			After: distributed("1", "primary_key { columns = [column.k] }", "foreign_key {\n  columns = [column.k]\n  ref_columns = [table.p.column.k]\n}"), Refused: "wants each row to refer to a row of p"},
		{Name: "identity of a table with partitions changes, and another one comes", Dialects: postgres, Since: 17, Moves: true, Rows: []string{"INSERT INTO p (k) VALUES (3), (4)"},
			Before: counted("identity {}", ""),
			After: counted("identity {\n    generated = BY_DEFAULT\n    increment = 3\n  }", "column \"n\" {\n  type = int\n  identity { generated = ALWAYS }\n}") +
				block(`partition "p2"`, "of = table.p", "from = 20", "to = 30"),
			Holds: []Query{{Before: "SELECT id, k FROM p ORDER BY k", Want: "1|3\n2|4"}, {Before: "SELECT last_value FROM p_id_seq", Want: "2"}}},
		{Name: "table joins one with an identity and leaves it", Dialects: postgres, Moves: true, Unproven: true, Rows: []string{"INSERT INTO p (k) VALUES (3)", "INSERT INTO x VALUES (8, 25)"},
			In:     block(`table "p"`, "column \"id\" {\n  type = bigint\n  identity {}\n}", "column \"k\" { type = int }", "partition {\n  type = RANGE\n  columns = [column.k]\n}") + block(`partition "p1"`, "of = table.p", "from = 0", "to = 10") + "…",
			Before: block(`table "x"`, "column \"id\" { type = bigint }", "column \"k\" { type = int }"), After: block(`partition "x"`, "of = table.p", "from = 20", "to = 30"),
			Holds: []Query{{Before: "SELECT id, k FROM p1", Want: "1|3"}, {Before: "-", After: "SELECT last_value FROM p_id_seq", Then: "8"}}},
		{Name: "partition gets another partition key", Dialects: postgres, Moves: true, Rows: seen, Holds: kept,
			Before: watched("LIST", "h", "int", block(`partition "p1l"`, "of = table.p1", "in = [1]"), rest), After: watched("RANGE", "k", "int", rest)},
		{Name: "type of the key of a partition", Dialects: postgres, Moves: true, Rows: seen, Holds: kept,
			Before: watched("LIST", "h", "int", rest), After: watched("LIST", "h", "bigint", rest)},
		{Name: "column of the replica identity gets nullable", Dialects: postgres, Before: identified("false", byA), After: identified("true", ""), Rows: rows},
		{Name: "partition key changed while a column goes", Dialects: postgres, Before: keyed("h", "HASH", "k", "w"), After: keyed("h", "LIST", "k", "n"), Rows: []string{"INSERT INTO h VALUES ('a', 1)"},
			Holds: []Query{{Before: "SELECT k FROM h", Want: "a"}}},
		{Name: "two tables change places as a partitioned one", Dialects: postgres, Before: keyed("h", "HASH", "k", "w") + keyed("p", "", "k", "w"), After: keyed("h", "", "k", "n") + keyed("p", "LIST", "k", "n"),
			Rows: []string{"INSERT INTO h VALUES ('a', 1)", "INSERT INTO p VALUES ('b', 2)"}, Holds: []Query{{Before: "SELECT h.k, p.k FROM h, p", Want: "a|b"}}},
		{Name: "default of a partition's partition", Dialects: postgres, Before: "", After: "column \"k\" {\n  null = true\n  inherited = true\n  default = sql(\"NULL\")\n}",
			In: block(`table "p"`, "column \"id\" { type = int }", "column \"k\" {\n  type = text\n  null = true\n  default = \"x\"\n}", "partition {\n  type = LIST\n  columns = [column.id]\n}") +
				block(`partition "p1"`, "of = table.p", "in = [1]", "partition {\n  type = LIST\n  columns = [\"id\"]\n}") + block(`partition "p11"`, "of = table.p1", "in = [1]", "…"),
			Rows: []string{"INSERT INTO p (id) VALUES (1)"}},
		{Name: "bounds of a partition's partition", Dialects: postgres,
			In: block(`table "p"`, "column \"id\" { type = int }", "column \"k\" { type = int }", "partition {\n  type = RANGE\n  columns = [column.id]\n}") +
				block(`partition "p1"`, "of = table.p", "from = 1", "to = 10", "partition {\n  type = RANGE\n  columns = [\"k\"]\n}") + "…",
			Before: part("p11", "1", "5", ""), After: part("p11", "1", "7", "") + part("p12", "7", "9", ""), Rows: []string{"INSERT INTO p VALUES (1, 2)"}},
	}
}

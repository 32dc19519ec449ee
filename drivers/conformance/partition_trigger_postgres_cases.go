package conformance

// partitionTriggerPostgresCases are changes of what a partition's triggers, which it has of its table, have for themselves.
func partitionTriggerPostgresCases() []Case {
	postgres := []string{"postgres"}
	table := func(settings string) string {
		return block(`table "p"`, "column \"id\" { type = int }", "partition {\n  type = RANGE\n  columns = [column.id]\n}") +
			block(`trigger "t"`, "on = table.p", "before { insert = true }", "for = ROW", "execute { function = function.tf }", settings)
	}
	first := block(`partition "p1"`, "of = table.p", "from = 1", "to = 10")
	second := block(`partition "p2"`, "of = table.p", "from = 10", "to = 20")
	own := func(of string, settings ...string) string {
		return block(`trigger "t"`, append([]string{"on = table." + of, "inherited = true"}, settings...)...)
	}
	in := block(`function "tf"`, "lang = PLpgSQL", "return = trigger", "as = \"BEGIN RETURN NEW; END\"") + "…"
	rows := []string{"INSERT INTO p VALUES (2)"}
	nested := block(`partition "p1"`, "of = table.p", "from = 1", "to = 10", "partition {\n  type = RANGE\n  columns = [\"id\"]\n}") + block(`partition "p11"`, "of = table.p1", "from = 1", "to = 5")
	return []Case{
		{Name: "trigger of a partition switched off and commented on there", Dialects: postgres, In: in, Rows: rows,
			Before: table("") + first + second, After: table("") + first + second + own("p1", "enabled = false", "comment = \"not here\"") + own("p2", "comment = \"here\"")},
		{Name: "trigger of a partition that stays as it is while its table's is switched off", Dialects: postgres, In: in, Rows: rows,
			Before: table("") + first + second + own("p1", "enabled = REPLICA"), After: table("enabled = false") + first + second + own("p1", "enabled = REPLICA") + own("p2", "enabled = ALWAYS")},
		{Name: "trigger of a partition that stays switched off while its table's becomes another", Dialects: postgres, In: in + first + own("p1", "enabled = false"), Rows: rows,
			Before: table(""), After: table("when = \"NEW.id > 0\"")},
		{Name: "table becomes a partition where a trigger is switched off", Dialects: postgres, In: in, Rows: []string{"INSERT INTO p1 VALUES (2)"}, Moves: true, Unproven: true,
			Before: table("") + second + block(`table "p1"`, "column \"id\" { type = int }"), After: table("") + second + first + own("p1", "enabled = false")},
		{Name: "triggers of partitions of a partition, each with its own state", Dialects: postgres, In: in, Rows: rows,
			Before: table("") + nested, After: table("") + nested + own("p1", "enabled = false") + own("p11", "enabled = ALWAYS")},
	}
}

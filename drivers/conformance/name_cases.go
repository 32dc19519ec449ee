package conformance

// hostile are names that are data, never syntax. They are written as HCL writes them.
func hostile() map[string]string {
	return map[string]string{
		"double quote": `a\"b`, "single quote": `a'b`, "space": ` a b `, "keyword": "select", "semicolon": "a; DROP TABLE t; --", "template": "$${x}", "percent": "%%{if}",
		"backslash": `a\\b`, "bracket": "a[0]", "backtick": "a`b", "dot": "a.b", "unicode": "Größe", "emoji": "🙂", "line break": `a\nb`, "question mark": "a?b", "digit first": "1a",
		"case": "CamelCase", "comment": "/* a */", "parentheses": "(a)",
	}
}

func nameCases() []Case {
	var cases []Case
	names := hostile()
	for _, what := range sorted(names) {
		n := names[what]
		cases = append(cases, Case{
			Name: "names of everything: " + what, Dialects: []string{"sqlite"},
			Before: `
table "` + n + `" {
  column "id" { type = int }
  column "` + n + `" {
    type    = text
    default = "` + n + `"
  }
  primary_key "` + n + ` pk" { columns = [column.id] }
  unique "` + n + ` u" { columns = [column["` + n + `"]] }
  index "` + n + ` i" { columns = [column["` + n + `"]] }
}`,
			After: `
table "` + n + `" {
  column "id" { type = int }
  column "` + n + `" {
    type    = text
    default = "` + n + `"
    collate = "NOCASE"
  }
  column "` + n + ` 2" {
    type = int
    null = true
  }
  primary_key "` + n + ` pk" { columns = [column.id] }
  unique "` + n + ` u" { columns = [column["` + n + `"]] }
  foreign_key "` + n + ` fk" {
    columns     = [column["` + n + ` 2"]]
    ref_columns = [column.id]
  }
  check "` + n + ` c" { expr = "id > 0" }
  index "` + n + ` i" {
    on {
      column = column["` + n + `"]
      desc   = true
    }
  }
}
view "` + n + ` v" { as = "SELECT 1 AS x" }
trigger "` + n + ` g" {
  on = table["` + n + `"]
  after { insert = true }
  as = "BEGIN SELECT 1; END"
}`,
		})
	}
	return cases
}

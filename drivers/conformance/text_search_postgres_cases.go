package conformance

// textSearchPostgresCases are the objects of text search.
func textSearchPostgresCases() []Case {
	table := block(`table "t"`, "column \"a\" { type = text }")
	rows := []string{"INSERT INTO t VALUES ('x')"}
	change := func(name, before, after string, holds ...Query) Case {
		return Case{Name: "text search: " + name, In: table + "…", Before: before, After: after, Rows: rows, Holds: holds, Dialects: []string{"postgres"}, InPlace: true}
	}
	config := func(name string, lines ...string) string {
		return block(`text_search_configuration "`+name+`"`, lines...)
	}
	dict := func(name string, lines ...string) string {
		return block(`text_search_dictionary "`+name+`"`, lines...)
	}
	mapping := func(tokens, dictionaries string) string {
		return "mapping {\n  tokens = [" + tokens + "]\n  dictionaries = [" + dictionaries + "]\n}"
	}
	plain := dict("plain", `template = "simple"`, "options { stopwords = \"english\" }")
	search := Query{Before: "SELECT to_tsvector('c', 'The Stars')::text", Want: "'stars':2 'the':1", Then: "'star':2"}
	indexed := func(dictionaries string) string {
		return plain + config("c", mapping(`"asciiword", "word"`, dictionaries)) +
			block(`table "u"`, `column "b" { type = text }`, "index \"u_b\" {\n  type = GIN\n  on { expr = \"to_tsvector('c', b)\" }\n}",
				"column \"v\" {\n  type = tsvector\n  null = true\n  as {\n    expr = \"to_tsvector('c', b)\"\n    type = STORED\n  }\n}")
	}
	return []Case{
		change("configuration added", "", plain+config("c", mapping(`"asciiword", "word"`, `text_search_dictionary.plain, "english_stem"`), mapping(`"int"`, `"simple"`), `comment = "it's"`),
			Query{Before: "-", After: "SELECT obj_description(oid, 'pg_ts_config') FROM pg_ts_config WHERE cfgname = 'c'", Then: "it's"}),
		change("configuration dropped", plain+config("c", mapping(`"word"`, "text_search_dictionary.plain"), `comment = "gone"`), ""),
		change("mappings", config("c", mapping(`"asciiword", "word"`, `"simple"`), mapping(`"int", "email"`, `"simple"`)), config("c", mapping(`"asciiword", "word", "url"`, `"english_stem"`), mapping(`"int"`, `"simple"`)), search),
		change("configuration renamed", config("c", mapping(`"asciiword"`, `"simple"`)), config("Other", `renamed_from = "c"`, mapping(`"asciiword"`, `"simple"`), `comment = "new"`)),
		change("configuration in another schema", "schema \"x\" {}\n"+config("c", mapping(`"asciiword"`, `"simple"`)), "schema \"x\" {}\n"+config("c", "schema = schema.x", mapping(`"asciiword"`, `"simple"`))),
		change("options of a dictionary", plain+config("c", mapping(`"word"`, "text_search_dictionary.plain")), dict("plain", `template = "simple"`, "options { accept = false }", `comment = "c"`)+config("c", mapping(`"word"`, "text_search_dictionary.plain")),
			Query{Before: "SELECT dictinitoption FROM pg_ts_dict WHERE dictname = 'plain'", Want: "stopwords = 'english'", Then: "accept = 'false'"}),
		change("template of a dictionary", indexed("text_search_dictionary.plain"), dict("plain", `template = "snowball"`, "options { language = \"english\" }")+
			indexed("text_search_dictionary.plain")[len(plain):]),
		change("dictionary renamed", plain+config("c", mapping(`"word"`, "text_search_dictionary.plain")), dict("plainer", `renamed_from = "plain"`, `template = "simple"`, "options { stopwords = \"english\" }")+config("c", mapping(`"word"`, "text_search_dictionary.plainer"))),
		change("mappings under an index and a generated column", indexed("text_search_dictionary.plain"), indexed(`"english_stem"`)),
		change("parser and template", block(`text_search_template "tmpl"`, `lexize = "dsimple_lexize"`, `init = "dsimple_init"`), block(`text_search_template "tmpl"`, `lexize = "dsimple_lexize"`, `init = "dsimple_init"`, `comment = "t"`)+
			block(`text_search_parser "prs"`, `start = "prsd_start"`, `get_token = "prsd_nexttoken"`, `end = "prsd_end"`, `lex_types = "prsd_lextype"`, `headline = "prsd_headline"`, `comment = "p"`)+
			dict("d", "template = text_search_template.tmpl")+config("c", "parser = text_search_parser.prs", mapping(`"word"`, "text_search_dictionary.d"))),
	}
}

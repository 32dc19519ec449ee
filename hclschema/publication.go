package hclschema

import (
	"slices"
	"strings"
)

// publicationKind is publication "changes" { tables = [table.orders], publish = [INSERT] }.
type publicationKind struct{}

// Reference implements Kind.
func (publicationKind) Reference() KindReference {
	return KindReference{
		Name: KindPublication, Text: "A publication: the tables whose changes subscribers get.", Labels: 1,
		Names: []NameReference{
			nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(), ownerAttribute(),
			{Name: "all_tables", Text: "Whether it has all tables of the database, those to come included."},
			{Name: "tables", Text: "Its tables: [table.orders, table.customers]."},
			{Name: "on", Text: "A table of which it has a part.", Block: true, Nested: []NameReference{
				{Name: "table", Text: "The table: table.orders."},
				{Name: "columns", Text: "The columns: [column.id, column.state]; all of them without it."},
				{Name: "where", Text: "The condition on rows."},
			}},
			{Name: "schemas", Text: "Schemas of which it has all tables: [schema.sales]."},
			{Name: "publish", Text: "The changes: [INSERT, UPDATE, DELETE, TRUNCATE]; all of them without it."},
			{Name: "publish_via_partition_root", Text: "Whether changes of partitions are told as changes of the partitioned table."},
			{Name: "publish_generated_columns", Text: "STORED publishes the values of generated columns too."},
		},
	}
}

func publishWords() []string { return []string{"INSERT", "UPDATE", "DELETE", "TRUNCATE"} }

func (publicationKind) read(l *loading, b *Block, _ *relation) {
	id, ok := l.identityOf(b)
	if !ok {
		return
	}
	o := l.object(b, Identity{Kind: KindPublication, Name: id.Name})
	l.setBool(b, "all_tables", o, PropAllTables)
	l.publishedTables(b, o)
	l.publishedSchemas(b, o)
	if o.Properties.Bool(PropAllTables) && (o.Properties[PropTables] != nil || o.Properties[PropSchemas] != nil) {
		l.fail(failure(b.Range, "All tables and some", "A publication has all tables or those that it names. Take all_tables away, or the others."))
	}
	if a := given(b, "publish"); a != nil {
		if list := l.wordList(a, publishWords()); list == nil {
			o.Properties[PropPublish] = List{}
		} else if len(list) < len(publishWords()) {
			o.Properties[PropPublish] = list
		}
	}
	l.setBool(b, "publish_via_partition_root", o, PropPublishViaRoot)
	l.setWord(b, "publish_generated_columns", o, PropPublishGenerated, "NONE", "STORED")
	l.add(o)
}

// publishedTables reads the tables, those in full and those of which a part is published.
func (l *loading) publishedTables(b *Block, o *Object) {
	var list List
	if a := given(b, "tables"); a != nil {
		for _, e := range l.elements(a) {
			if table, ok := l.sqlNameOf(e.value, e.place, "An element of tables", o, KindTable); ok {
				list = append(list, Record{"table": table})
			}
		}
	}
	for _, nested := range b.Blocks {
		if nested.Type != "on" || nested.Incomplete {
			continue
		}
		l.require(nested, "table", "table = table.orders")
		a := given(nested, "table")
		if a == nil {
			continue
		}
		table, ok := l.sqlName(a, o, KindTable)
		if !ok {
			continue
		}
		part := Record{"table": table}
		if columns := given(nested, "columns"); columns != nil {
			if names := l.columnsOf(columns, l.relationAt(a.Value)); names != nil {
				part["columns"] = byText(names)
			}
		}
		if where := given(nested, "where"); where != nil {
			if text, ok := l.sql(where); ok {
				part["where"] = l.dialect.Expression(text)
			}
		}
		list = append(list, part)
	}
	slices.SortStableFunc(list, func(a, b Value) int { return strings.Compare(publishedTable(a), publishedTable(b)) })
	for i := 1; i < len(list); i++ {
		if publishedTable(list[i]) == publishedTable(list[i-1]) {
			l.fail(failure(b.Range, "Table published twice", "The publication names the table %s twice. Take one away.", publishedTable(list[i])))
		}
	}
	if list != nil {
		o.Properties[PropTables] = list
	}
}

// publishedTable is the name of a table in a publication's list.
func publishedTable(v Value) string {
	record, _ := v.(Record)
	return record["table"].String()
}

func (l *loading) publishedSchemas(b *Block, o *Object) {
	a := given(b, "schemas")
	if a == nil {
		return
	}
	var list List
	for _, e := range l.elements(a) {
		name := ""
		switch v := e.value.(type) {
		case Reference:
			if len(v.Path) == 2 && v.Path[0] == KindSchema {
				name = v.Path[1]
			}
		case String:
			name = string(v)
		}
		if name == "" {
			l.wants(e.place, "An element of schemas", "a reference such as schema.sales", e.value)
			continue
		}
		if _, declared := l.schemas[l.identifier(name)]; !declared && l.foldSchema(name) != "" {
			l.fail(failure(e.place, "Unknown schema", "No block declares the schema %q.%s", name, DidYouMean(name, sortedKeys(l.schemas))))
			continue
		}
		if text := Text(l.foldSchema(name)); !slices.Contains(list, Value(text)) {
			list = append(list, text)
		}
	}
	if list != nil {
		o.Properties[PropSchemas] = byText(list)
	}
}

func (publicationKind) write(w *writer, o *Object) {
	w.open(o)
	w.boolean(o, PropAllTables)
	var whole []string
	for _, value := range o.Properties.List(PropTables) {
		if record, _ := value.(Record); len(record) == 1 {
			whole = append(whole, w.sqlName(publishedTable(value), KindTable))
		}
	}
	if whole != nil {
		w.attribute("tables", "["+strings.Join(whole, ", ")+"]")
	}
	for _, value := range o.Properties.List(PropTables) {
		if record, _ := value.(Record); len(record) > 1 {
			w.publishedPart(record)
		}
	}
	if list := o.Properties.List(PropSchemas); list != nil {
		names := make([]string, len(list))
		for i, name := range list {
			text := name.String()
			if text == "" {
				text = w.dialect.DefaultSchema()
			}
			names[i] = "schema" + step(text)
		}
		w.attribute("schemas", "["+strings.Join(names, ", ")+"]")
	}
	w.words(o, "publish", PropPublish)
	w.boolean(o, PropPublishViaRoot)
	w.word(o, PropPublishGenerated)
	w.common(o)
	w.close()
}

func (w *writer) publishedPart(part Record) {
	w.line("on {")
	w.depth++
	w.attribute("table", w.sqlName(publishedTable(part), KindTable))
	if columns, ok := part["columns"].(List); ok {
		w.attribute("columns", w.columns(columns, w.relationCalled(publishedTable(part)), "column"))
	}
	if where, ok := part["where"]; ok {
		w.sql("where", where.String())
	}
	w.depth--
	w.line("}")
}

package hclschema

// tableKind is table "users" { … }.
type tableKind struct{}

// Reference implements Kind.
func (tableKind) Reference() KindReference {
	return KindReference{
		Name: KindTable, Text: "A table with its columns, keys, indexes and checks.", Labels: 2,
		Names: append(commonNames(),
			NameReference{Name: "strict", Text: "Refuses values that aren't of the column's type (STRICT).", Engines: "SQLite"},
			NameReference{Name: "without_rowid", Text: "Stores the rows in the primary key (WITHOUT ROWID).", Engines: "SQLite"},
			NameReference{Name: "engine", Text: "The storage engine.", Engines: "MySQL, MariaDB"},
			NameReference{Name: "charset", Text: "The default character set.", Engines: "MySQL, MariaDB"},
			NameReference{Name: "collate", Text: "The default collation.", Engines: "MySQL, MariaDB"},
			NameReference{Name: "auto_increment", Text: "The next number of the table's counter.", Engines: "MySQL, MariaDB"},
			NameReference{Name: "unlogged", Text: "Keeps the table out of the write-ahead log.", Engines: "PostgreSQL"},
			NameReference{Name: "access_method", Text: "The table access method, where it isn't heap.", Engines: "PostgreSQL"},
			NameReference{Name: "replica_identity", Text: "What replication identifies rows by: FULL, NOTHING, or index.name; otherwise the primary key.", Engines: "PostgreSQL"},
			storageParams(),
			NameReference{Name: "row_security", Text: "Row level security.", Block: true, Engines: "PostgreSQL", Nested: []NameReference{
				{Name: "enabled", Text: "Whether policies hold for all but the owner."},
				{Name: "enforced", Text: "Whether they hold for the owner too."},
			}},
			tablespaceAttribute(),
			NameReference{Name: "cluster_on", Text: "The index that CLUSTER goes by: index.name.", Engines: "PostgreSQL"},
			NameReference{Name: "of_type", Text: "The composite type that the table is of.", Engines: "PostgreSQL"},
			NameReference{Name: "inherits", Text: "The tables whose columns and checks it has too: [table.people].", Engines: "PostgreSQL"},
			partitionKeyReference(),
		),
	}
}

// commonNames are the attributes of every block that stands by itself.
func commonNames() []NameReference {
	return []NameReference{
		{Name: "schema", Text: "The schema it lies in, as schema.main; by default the connection's default schema."},
		nameAttribute(), renamedFrom(), dependsOnAttribute(), commentAttribute(),
	}
}

func nameAttribute() NameReference {
	return NameReference{Name: "name", Text: "The name, where the block's label isn't it, as with for_each."}
}

func renamedFrom() NameReference {
	return NameReference{Name: "renamed_from", Text: "The name that it had: plans a rename that keeps what it holds."}
}

func dependsOnAttribute() NameReference {
	return NameReference{Name: "depends_on", Text: "Objects that must be made before it, where its text doesn't tell: [table.users]."}
}

func commentAttribute() NameReference {
	return NameReference{Name: "comment", Text: "A comment that the database keeps.", Engines: "PostgreSQL, MySQL, MariaDB"}
}

func (tableKind) read(l *loading, b *Block, in *relation) { l.readTable(b, in) }

// readTable reads the block of a table or a partition.
func (l *loading) readTable(b *Block, in *relation) {
	name, ok := l.name(b)
	if !ok || in == nil {
		return
	}
	l.schemaOf(b)
	o := l.object(b, in.identity)
	l.setBool(b, "strict", o, PropStrict)
	l.setBool(b, "without_rowid", o, PropWithoutRowid)
	l.tableSettings(b, o)
	l.inherits(b, o)
	l.partitionOf(b, o)
	l.partitionKey(b, o, in)
	l.add(o)
	for _, nested := range b.Blocks {
		kind, known := l.kinds[nested.Type]
		if !known || l.references[nested.Type].Within != KindTable || nested.Incomplete {
			continue
		}
		if !l.accepts(nested.Type, "") {
			l.fail(notHere(nested.Range, l.dialect, nested.Type+" blocks"))
			continue
		}
		if l.checkNames(nested, nested.Type, l.rules[nested.Type]) {
			kind.read(l, nested, in)
		}
	}
	if len(in.names) == 0 && !in.open && !l.accepts(KindTable, "without_columns") {
		l.fail(failure(b.Range, "Table without columns", `Table %q has no columns. Add one: column "id" { type = int }.`, name))
	}
}

func (tableKind) write(w *writer, o *Object) {
	w.open(o)
	w.schema(o)
	w.ancestry(o)
	w.boolean(o, PropStrict)
	w.boolean(o, PropWithoutRowid)
	w.tableSettings(o)
	w.common(o)
	w.partitionKey(o)
	w.inheritedIndexes(o)
	last := ""
	for _, kind := range Kinds() {
		reference := kind.Reference()
		if reference.Within != KindTable {
			continue
		}
		for _, part := range w.parts(o) {
			if part.Identity.Kind != reference.Name {
				continue
			}
			if w.started && last != reference.Name {
				w.blank()
			}
			last = reference.Name
			kind.write(w, part)
		}
	}
	w.close()
}

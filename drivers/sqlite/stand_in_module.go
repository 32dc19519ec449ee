package sqlite

import (
	"context"
	"fmt"
	"strings"

	engine "modernc.org/sqlite"
	"modernc.org/sqlite/vtab"

	"github.com/duo-orm/duo-orm/hclschema"
)

// foreignTables are the virtual tables of a database whose modules the engine lacks, such as fts4: module and arguments
// by the table's name in lower case.
//
// With such a table in a view or trigger the engine refuses to alter any other table. So the modules get stand-ins, with
// which the table can be named, and no more: in a database of the user it can't be read, written, made or dropped.
type foreignTables map[string]foreignTable

type foreignTable struct {
	module    string
	arguments []string
}

// foreignTables finds the virtual tables whose modules the engine lacks.
func (c *connection) foreignTables(ctx context.Context) (foreignTables, error) {
	const query = `SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND rootpage = 0 AND sql IS NOT NULL`
	texts, err := c.names(ctx, query)
	if err != nil || len(texts) == 0 {
		return nil, err
	}
	modules, err := c.names(ctx, "SELECT name FROM pragma_module_list")
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, name := range modules {
		known[asciiLower(name)] = true
	}
	foreign := foreignTables{}
	for _, text := range texts {
		name, properties, err := parseVirtualTable(text)
		if err != nil {
			continue // inspection reports it by name
		}
		table := foreignTable{module: asciiLower(properties.Text(hclschema.PropModule))}
		for _, argument := range properties.List(hclschema.PropArguments) {
			table.arguments = append(table.arguments, argument.String())
		}
		if !known[table.module] {
			foreign[asciiLower(name)] = table
		}
	}
	return foreign, nil
}

// register gives a driver the stand-ins. Live ones connect tables that are there; others can also make the tables that
// are known, and take rows, which vanish.
func (f foreignTables) register(d *engine.Driver, live bool) error {
	done := map[string]bool{}
	for _, table := range f {
		if done[table.module] {
			continue
		}
		done[table.module] = true
		if err := d.RegisterModule(table.module, standInModule{name: table.module, known: f, live: live}); err != nil {
			return err
		}
	}
	return nil
}

// refuse is the error for a statement that makes, drops or renames a table that only the module itself can.
func (f foreignTables) refuse(statement string) error {
	if len(f) == 0 {
		return nil
	}
	r, err := newReader(statement)
	if err != nil {
		return nil // the engine says what is wrong with it
	}
	switch {
	case r.accept("DROP", "TABLE"):
		r.accept("IF", "EXISTS")
	case r.accept("ALTER", "TABLE"):
	default:
		return nil
	}
	name, err := r.name()
	if err == nil && r.symbol(".") {
		name, err = r.name()
	}
	if table, found := f[asciiLower(name)]; err == nil && found {
		return fmt.Errorf("virtual table %s can't be dropped or altered: no such module: %s; leave it alone with exclude in migrations.hcl, and drop it with a program whose SQLite has the module",
			name, table.module)
	}
	return nil
}

// standInModule implements vtab.Module.
type standInModule struct {
	name  string
	known foreignTables
	live  bool
}

func (m standInModule) missing() error { return fmt.Errorf("no such module: %s", m.name) }

// Create implements vtab.Module: a table that the database has too can be made elsewhere.
func (m standInModule) Create(ctx vtab.Context, arguments []string) (vtab.Table, error) {
	if len(arguments) < 3 || m.live {
		return nil, m.missing()
	}
	table, found := m.known[asciiLower(arguments[2])]
	if !found || table.module != m.name || strings.Join(table.arguments, ",") != strings.Join(arguments[3:], ",") {
		return nil, m.missing()
	}
	return m.Connect(ctx, arguments)
}

// Connect implements vtab.Module.
func (m standInModule) Connect(ctx vtab.Context, arguments []string) (vtab.Table, error) {
	if len(arguments) < 3 {
		return nil, m.missing()
	}
	if err := ctx.Declare(standInColumns(m.name, arguments[2], arguments[3:])); err != nil {
		return nil, err
	}
	return standInTable{m}, nil
}

// standInColumns declares the columns as full-text search has them: an argument is a column or an option, key=value, and
// hidden ones are named after the table and the row. Of other modules only their authors know.
func standInColumns(module, table string, arguments []string) string {
	seen := map[string]bool{}
	var columns []string
	add := func(name, hidden string) {
		if key := asciiLower(name); name != "" && !seen[key] {
			seen[key] = true
			columns = append(columns, inQuotes(name)+hidden)
		}
	}
	for _, argument := range arguments {
		tokens, err := lex(argument)
		if err != nil || len(tokens) == 0 || len(tokens) > 1 && tokens[1].symbol("=") || tokens[0].is("tokenize") {
			continue
		}
		add(tokens[0].content(), "")
	}
	if len(columns) == 0 {
		add("content", "")
	}
	add(table, " HIDDEN")
	for _, hidden := range hiddenColumns(module) {
		add(hidden, " HIDDEN")
	}
	return "CREATE TABLE x(" + strings.Join(columns, ", ") + ")"
}

// hiddenColumns are those that a module's documentation tells of.
func hiddenColumns(module string) []string {
	switch module {
	case "fts3", "fts4":
		return []string{"docid", "langid"}
	case "virtualspatialindex":
		return []string{"f_table_name", "f_geometry_column", "search_frame"}
	}
	return nil
}

// standInTable implements vtab.Table and vtab.Updater.
type standInTable struct{ module standInModule }

// BestIndex implements vtab.Table.
func (t standInTable) BestIndex(*vtab.IndexInfo) error { return nil }

// Open implements vtab.Table: a table of the user has rows that can't be seen.
func (t standInTable) Open() (vtab.Cursor, error) {
	if t.module.live {
		return nil, t.module.missing()
	}
	return noRows{}, nil
}

// Disconnect implements vtab.Table.
func (t standInTable) Disconnect() error { return nil }

// Destroy implements vtab.Table.
func (t standInTable) Destroy() error { return t.written() }

// Rename implements vtab.Renamer.
func (t standInTable) Rename(string) error { return t.module.missing() }

// Insert implements vtab.Updater.
func (t standInTable) Insert([]vtab.Value, *int64) error { return t.written() }

// Update implements vtab.Updater.
func (t standInTable) Update(int64, []vtab.Value, *int64) error { return t.written() }

// Delete implements vtab.Updater.
func (t standInTable) Delete(int64) error { return t.written() }

// written is what comes of writing a row: nothing, where no row counts.
func (t standInTable) written() error {
	if t.module.live {
		return t.module.missing()
	}
	return nil
}

// noRows is a cursor of an empty table.
type noRows struct{}

func (noRows) Filter(int, string, []vtab.Value) error { return nil }
func (noRows) Next() error                            { return nil }
func (noRows) Eof() bool                              { return true }
func (noRows) Column(int) (vtab.Value, error)         { return nil, nil }
func (noRows) Rowid() (int64, error)                  { return 0, nil }
func (noRows) Close() error                           { return nil }

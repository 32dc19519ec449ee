package pairs

import "slices"

// schema is a SQLite schema as plain data, with rows. Its fields are exported for the sake of minimise.
type schema struct {
	Tables   []*table
	Virtuals []*virtual
	Views    []*view
	Triggers []*trigger
}

type table struct {
	Name                 string
	Columns              []*column
	Key                  *key
	WithoutRowid, Strict bool
	ForeignKeys          []*foreignKey
	Checks               []*check
	Uniques              []*unique
	Indexes              []*index
	// Rows are numbers that stand for values, one for each column; Counter, if not 0, is what the counter of AUTOINCREMENT reached.
	Rows    [][]int
	Counter int
	// Spelling chooses quotes, case, spaces and comments; 0 is plain.
	Spelling int
}

type key struct {
	Name                       string
	Columns                    []string
	Desc, AutoIncrement, Apart bool
	Conflict                   string
}

type column struct {
	Name, Type, Default, Collate string
	NotNull                      bool
	NotNullName, NotNullConflict string
	Computed                     *expression
	Stored                       bool
}

// expression is a text in which $1 and $2 are columns.
type expression struct {
	Text    string
	Columns []string
}

type check struct {
	Name string
	Expr expression
	// Behind is the column that the check stands behind; empty for one of the table.
	Behind string
}

type unique struct {
	Name, Conflict, Collate string
	Columns                 []string
	Desc                    bool
}

type foreignKey struct {
	Name                          string
	Columns                       []string
	Table                         string
	Targets                       []string // none: the key of the table
	OnDelete, OnUpdate, Deferment string
	Behind                        bool
}

type index struct {
	Name     string
	Parts    []part
	Where    *expression
	Unique   bool
	Spelling int
}

type part struct {
	Expr    expression
	Collate string
	Desc    bool
}

type virtual struct {
	Name, Module string
	Columns      []string
	Options      []string
	Rows         int
}

type view struct {
	Name, Over string
	Picks      []string
	Columns    []string // the list behind the name; empty for none
	Style      int
	Spelling   int
}

type trigger struct {
	Name, On, Timing, Event string
	Of                      []string
	When                    *expression
	// Also is another table that the body speaks of, by that column; Column is one of the trigger's own table.
	Also, AlsoColumn, Column string
	Style                    int
	Spelling                 int
}

// pair is a case: from one schema to another, in which some things have other names.
type pair struct {
	A, B    schema
	Renames []rename
	// Later has rows put in between the upgrade and the downgrade.
	Later bool
}

// rename says what something of the second schema was called; Parent is its table's new name.
type rename struct{ Kind, Parent, From, To string }

// fold lowers ASCII letters, as SQLite does.
func fold(name string) string {
	folded := []byte(name)
	for i, c := range folded {
		if c >= 'A' && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	return string(folded)
}

func (s *schema) table(name string) *table {
	for _, tab := range s.Tables {
		if fold(tab.Name) == fold(name) {
			return tab
		}
	}
	return nil
}

func (tab *table) column(name string) *column {
	for _, c := range tab.Columns {
		if fold(c.Name) == fold(name) {
			return c
		}
	}
	return nil
}

// rowidColumn is the column that is the rowid, nil for none.
func (tab *table) rowidColumn() *column {
	if tab.Key == nil || tab.WithoutRowid || len(tab.Key.Columns) != 1 || tab.Key.Desc && !tab.Key.Apart {
		return nil
	}
	if c := tab.column(tab.Key.Columns[0]); c != nil && fold(c.Type) == "integer" && c.Computed == nil {
		return c
	}
	return nil
}

func (tab *table) isKey(name string) bool {
	return tab.Key != nil && slices.Contains(tab.Key.Columns, name)
}

// taken are the folded names of tables, views, virtual tables and indexes, which must differ.
func (s *schema) taken() map[string]bool {
	names := map[string]bool{}
	for _, tab := range s.Tables {
		names[fold(tab.Name)] = true
		for _, ix := range tab.Indexes {
			names[fold(ix.Name)] = true
		}
	}
	for _, v := range s.Virtuals {
		names[fold(v.Name)] = true
	}
	for _, v := range s.Views {
		names[fold(v.Name)] = true
	}
	for _, t := range s.Triggers {
		names["trigger "+fold(t.Name)] = true
	}
	return names
}

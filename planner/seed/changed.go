package seed

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// written is how the statements begin that plans have for rows. Nothing is changed with what isn't written here.
var written = regexp.MustCompile(`^(INSERT INTO .+ \(.+\)\n(OVERRIDING .+\n)?VALUES\n  \(|UPDATE .+\nSET\n  |WITH changed \(.+\) AS \(\n  VALUES\n|DELETE FROM .+\nWHERE )`)

// counted is how the step is called that lets a counter go on behind declared rows.
const counted = "set the counter of "

// LooksPlanned says that a step of a way up may be one that a plan has for rows: such a step gives its reason, and its statement begins as
// those of plans do. Whether it is one is known when it is planned again.
func LooksPlanned(name, because, sql string) bool {
	return because != "" && (written.MatchString(sql) || strings.HasPrefix(name, counted))
}

// KeyOf are the columns of a table's primary key, as the table names them; nil where it has none.
func KeyOf(driver drivers.Driver, state *hclschema.State, table hclschema.Identity) []string {
	o := state.Get(table)
	if o == nil {
		return nil
	}
	c := &content{Table: Table{End: state}, driver: driver, table: o}
	for _, part := range state.Children(o.Identity.Schema, o.Identity.Name) {
		if part.Identity.Kind == hclschema.KindPrimaryKey {
			return c.names(o.Identity, part.Properties.List(hclschema.PropColumns))
		}
	}
	return nil
}

// All reads the rows of a table with every column that can be set, to be told apart by these columns. nil where the state has no such
// table or columns.
func All(ctx context.Context, conn drivers.Connection, driver drivers.Driver, seeder drivers.Seeder, state *hclschema.State, table hclschema.Identity, key []string) (*Kept, error) {
	o := state.Get(table)
	if o == nil || len(key) == 0 {
		return nil, nil
	}
	values := map[string]hclschema.Evaluated{}
	for _, column := range columnsOf(state, o.Identity) {
		values[column.Identity.Name] = nil
	}
	return Keep(ctx, conn, driver, seeder, state, &hclschema.RowSet{Table: o.Identity, Key: key, Rows: []hclschema.Row{{Values: values}}})
}

// Changed is what was done to the rows of a table.
type Changed struct {
	before, after *Kept
	// columns are those that a row which was added was given, by its key.
	columns map[string][]string
	// left are columns of rows whose values are another one's, which counts.
	left map[string][]string
}

// Compare compares the rows of a table before and after some statements. Of a row that they added the columns count that its INSERT
// names: what the others hold is their defaults'.
func Compare(before, after *Kept, statements []string) (*Changed, error) {
	if before == nil || after == nil {
		return nil, fmt.Errorf("the table's rows can't be told apart")
	}
	change := &Changed{before: before, after: after, columns: map[string][]string{}}
	var lists [][]string
	for _, statement := range statements {
		if list := after.content.inserted(statement); list != nil {
			lists = append(lists, list)
		}
	}
	for key, r := range after.rows {
		if before.rows[key] != nil {
			continue
		}
		for _, list := range lists {
			text, err := after.content.tuple(list, r)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(statements, func(s string) bool { return strings.Contains(s, text) }) {
				change.columns[key] = list
			}
		}
		if change.columns[key] == nil && len(lists) > 0 { // it was inserted with NULL for what was updated then
			change.columns[key] = lists[0]
		}
	}
	return change, nil
}

// inserted are the columns that an INSERT into the table names, nil for any other statement.
func (c *content) inserted(statement string) (names []string) {
	rest, ok := strings.CutPrefix(statement, "INSERT INTO "+c.quoted(c.id())+" (")
	for ok {
		found := false
		for _, o := range c.columns {
			after, is := strings.CutPrefix(rest, c.driver.QuoteName(o.Identity.Name))
			if is && (strings.HasPrefix(after, ", ") || strings.HasPrefix(after, ")\n")) {
				names, rest, found = append(names, o.Identity.Name), after, true
				break
			}
		}
		if !found {
			return nil
		}
		if rest, ok = strings.CutPrefix(rest, ", "); !ok {
			return names
		}
	}
	return nil
}

// tuple is a row as an INSERT has it.
func (c *content) tuple(columns []string, r row) (string, error) {
	literals := make([]string, len(columns))
	for i, name := range columns {
		literal, err := c.literal(name, r[name])
		if err != nil {
			return "", err
		}
		literals[i] = literal
	}
	return "(" + strings.Join(literals, ", ") + ")", nil
}

// Declared are the rows that data blocks declare where the change is a plan's. What was deleted is what the mode SYNC leaves out.
func (c *Changed) Declared() (*hclschema.RowSet, error) { return c.set(c.before) }

// Beside are the rows to declare so that a plan makes the change of the rows that are there now, and no other one. Of a value that was
// changed otherwise there the one counts that models say, whose set of rows may be nil; where they say neither that is an error.
func (c *Changed) Beside(there *Kept, models *hclschema.RowSet) (*hclschema.RowSet, error) {
	if there == nil {
		return nil, fmt.Errorf("both change %s", c.after.content.id())
	}
	for _, key := range c.keys() {
		was, is, now := c.before.rows[key], c.after.rows[key], there.rows[key]
		if now == nil && (was == nil || is == nil) {
			continue
		}
		for _, name := range c.columnsOf(key) {
			v, known := now[name]
			if now == nil || known && (was == nil || !same(v, was[name])) && (is == nil || !same(v, is[name])) {
				if mine, says := c.says(models, name, is, now); says {
					c.leave(key, name, !mine)
					continue
				}
				named := was
				if was == nil {
					named = is
				}
				return nil, fmt.Errorf("both change the row %s of %s", c.after.content.named(named), c.after.content.id().Path())
			}
		}
	}
	set, err := c.set(there)
	if err == nil && models != nil {
		set.Range = models.Range
	}
	return set, err
}

// says tells whether models say the value of the change for a column of a row, or the one that is there; says is false where they say
// neither.
func (c *Changed) says(models *hclschema.RowSet, column string, is, there row) (mine, says bool) {
	content := c.after.content
	if models == nil || is == nil || there == nil || content.byName[column] == nil {
		return false, false
	}
	for _, declared := range models.Rows {
		found := true
		for _, name := range content.Set.Key {
			v, ok := declared.Values[name]
			found = found && ok && content.literallyEqual(content.byName[name], v, is[name])
		}
		v, ok := declared.Values[column]
		if !found || !ok {
			continue
		}
		mine = content.literallyEqual(content.byName[column], v, is[column])
		return mine, mine || content.literallyEqual(content.byName[column], v, there[column])
	}
	return false, false
}

// Said tells whether models, whose set of rows may be nil, say all that the change does: a plan to them would make it.
func (c *Changed) Said(models *hclschema.RowSet) bool {
	if models == nil {
		return false
	}
	for _, key := range c.keys() {
		was, is := c.before.rows[key], c.after.rows[key]
		switch {
		case is == nil && models.Mode != hclschema.SyncRows, is != nil && was != nil && models.Mode == hclschema.InsertRows:
			return false
		case is == nil:
			continue
		}
		for _, name := range c.columnsOf(key) {
			if mine, _ := c.says(models, name, is, is); !mine {
				return false
			}
		}
	}
	return true
}

// leave notes that a column of a row is as it should be already.
func (c *Changed) leave(key, column string, leave bool) {
	if !leave {
		return
	}
	if c.left == nil {
		c.left = map[string][]string{}
	}
	c.left[key] = append(c.left[key], column)
}

// keys are those of the rows that were changed.
func (c *Changed) keys() []string {
	var keys []string
	for key, was := range c.before.rows {
		if is := c.after.rows[key]; is == nil || len(c.differing(was, is)) > 0 {
			keys = append(keys, key)
		}
	}
	for key := range c.after.rows {
		if c.before.rows[key] == nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func (c *Changed) differing(was, is row) []string {
	return slices.DeleteFunc(slices.Clone(c.after.columns), func(name string) bool { return same(was[name], is[name]) })
}

// columnsOf are the columns of a changed row that count: those that it was given, those that differ, or all where it was deleted.
func (c *Changed) columnsOf(key string) []string {
	switch was, is := c.before.rows[key], c.after.rows[key]; {
	case is == nil:
		return c.before.columns
	case was == nil:
		return c.columns[key]
	default:
		return c.differing(was, is)
	}
}

// set declares the changed rows beside those of base, and where rows were deleted the others of base too. A row that base has is
// declared with all its values, since the engine is to take it.
func (c *Changed) set(base *Kept) (*hclschema.RowSet, error) {
	set := &hclschema.RowSet{Table: base.content.id(), Key: base.content.Set.Key, Mode: hclschema.UpsertRows}
	changed := map[string]bool{}
	for _, key := range c.keys() {
		changed[key] = true
		if c.after.rows[key] == nil {
			set.Mode = hclschema.SyncRows
			continue
		}
		r := clone(base.rows[key])
		for _, name := range append(slices.Clone(set.Key), c.columnsOf(key)...) {
			if slices.Contains(c.left[key], name) {
				continue
			}
			r[name] = c.after.rows[key][name]
		}
		if err := c.declare(set, base, r); err != nil {
			return nil, err
		}
	}
	if set.Mode != hclschema.SyncRows {
		return set, nil
	}
	for _, key := range slices.Sorted(maps.Keys(base.rows)) {
		if changed[key] {
			continue
		}
		if err := c.declare(set, base, base.rows[key]); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// declare adds a row to a set. Of its columns some may come with the change.
func (c *Changed) declare(set *hclschema.RowSet, base *Kept, r row) error {
	values := map[string]hclschema.Evaluated{}
	for name, v := range r {
		content := base.content
		if content.byName[name] == nil {
			content = c.after.content
		}
		value, err := content.evaluated(name, v)
		if err != nil {
			return err
		}
		values[name] = value
	}
	set.Rows = append(set.Rows, hclschema.Row{Values: values})
	return nil
}

// evaluated is what a column holds as models say it.
func (c *content) evaluated(column string, v value) (hclschema.Evaluated, error) {
	if v == nil {
		return hclschema.Null{}, nil
	}
	o := c.byName[column]
	if o == nil {
		return nil, fmt.Errorf("%s has no column %s", c.id().Path(), column)
	}
	declared, ok := c.seeder.Declared(o, *v)
	if !ok {
		return nil, fmt.Errorf("models have no value for %s of %s", column, c.id().Path())
	}
	return declared, nil
}

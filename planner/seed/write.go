package seed

import (
	"fmt"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// fewUpdates is how many rows are updated by a statement each: these read better.
const fewUpdates = 3

// fewConditions is how many keys of several columns one statement names: SQLite takes no more than 1,000 in a row.
const fewConditions = 100

// batch is rows that set the same columns.
type batch[T any] struct {
	columns []string
	rows    []T
}

// batches puts rows together that set the same columns, in their order. Where the order counts, only neighbours are.
func batches[T any](rows []T, ordered bool, most int, columns func(T) []string) []batch[T] {
	var list []batch[T]
	open := map[string]int{}
	for _, r := range rows {
		names := columns(r)
		if len(names) == 0 {
			continue
		}
		text := strings.Join(names, "\x00")
		i, ok := open[text]
		if !ok || len(list[i].rows) == most || ordered && i != len(list)-1 {
			i = len(list)
			open[text] = i
			list = append(list, batch[T]{columns: names})
		}
		list[i].rows = append(list[i].rows, r)
	}
	return list
}

func (c *content) batches(all []int, columns func(int) []string) []batch[int] {
	return batches(all, false, mostRows, columns)
}

// write writes the steps of both directions: what is referred to is inserted first and deleted last. Rows that nothing refers to are
// deleted before all, and come back after all: others may get their codes.
func (p *Plan) write() error {
	backwards := slices.Clone(p.contents)
	slices.Reverse(backwards)
	up, down := &writer{}, &writer{}
	const gone = "no data block has it, and the mode is SYNC"
	for _, c := range backwards {
		if !c.referred() {
			up.delete(c, c.deletes, gone)
		}
	}
	late := make([][]update, len(p.contents))
	for i, c := range p.contents {
		late[i] = c.ring(p.contents[i+1:])
		up.insertDeclared(c, late[i])
	}
	for i, c := range p.contents {
		up.update(c, late[i], c.declaredRow, "update", "its table and another one refer to each other")
	}
	for _, c := range p.contents {
		up.update(c, c.updates, c.declaredRow, "update", c.because())
		up.counters(c)
	}
	for _, c := range backwards {
		if c.referred() {
			up.delete(c, c.deletes, gone)
		}
	}
	again := func(referred bool) {
		for _, c := range p.contents {
			if c.back() && c.restorable() && c.referred() == referred {
				down.insert(c, c.deletes, "", "insert %s into %s again")
			}
		}
	}
	again(true)
	for _, c := range backwards {
		if c.back() && c.restorable() {
			down.update(c, c.restored(), func(u update) row { return u.old }, "restore", "")
		}
	}
	for i, c := range p.contents {
		if c.back() {
			down.update(c, late[i], func(update) row { return nil }, "let go", "its table and another one refer to each other")
		}
	}
	for _, c := range backwards {
		if !c.back() {
			continue
		}
		inserted := make([]row, len(c.inserts))
		for i, at := range c.inserts {
			inserted[i] = c.declared[at]
		}
		down.delete(c, inserted, "")
	}
	again(false)
	p.Upgrade, p.Downgrade = up.steps, down.steps
	if up.err != nil {
		return up.err
	}
	return down.err
}

func (c *content) declaredRow(u update) row { return c.declared[u.at] }

// back says that there is something to bring back: a table that the plan makes goes with its rows.
func (c *content) back() bool { return c.Live != (hclschema.Identity{}) }

// restored are the updates that bring back what was there, as far as it was.
func (c *content) restored() []update {
	var list []update
	for _, u := range c.updates {
		back := update{at: u.at, old: u.old}
		for _, name := range u.columns {
			if _, known := u.old[name]; known {
				back.columns = append(back.columns, name)
			}
		}
		if len(back.columns) > 0 {
			list = append(list, back)
		}
	}
	return list
}

func (c *content) because() string {
	at := c.Set.Range
	if at.Filename == "" { // it is known by what it did alone
		return "declared in models"
	}
	return fmt.Sprintf("declared at %s:%d", at.Filename, at.Start.Line)
}

// writer collects steps.
type writer struct {
	steps []drivers.Step
	err   error
}

func (w *writer) add(c *content, step drivers.Step, err error) {
	if err != nil {
		if w.err == nil {
			w.err = fmt.Errorf("write the rows of %s: %w", c.id(), err)
		}
		return
	}
	if step.Lock == "" {
		step.Lock = c.seeder.RowLock()
	}
	step.Changes = []hclschema.Identity{c.id()}
	step.Unit = c.End.Key(c.id())
	w.steps = append(w.steps, step)
}

// insertDeclared inserts the declared rows that are missing, with NULL where they refer to rows that come later.
func (w *writer) insertDeclared(c *content, late []update) {
	without := map[int][]string{}
	for _, u := range late {
		without[u.at] = u.columns
	}
	rows := make([]row, len(c.inserts))
	for i, at := range c.inserts {
		rows[i] = c.declared[at]
		if columns := without[at]; columns != nil {
			rows[i] = clone(rows[i])
			for _, name := range columns {
				rows[i][name] = nil
			}
		}
	}
	w.insert(c, rows, c.because(), "insert %s into %s")
}

// counters adds the steps that let the counters of columns go on behind the values that rows are given.
func (w *writer) counters(c *content) {
	for _, o := range c.columns {
		name := o.Identity.Name
		set := slices.ContainsFunc(c.inserts, func(at int) bool { return c.declared[at][name] != nil }) ||
			slices.ContainsFunc(c.updates, func(u update) bool { return slices.Contains(u.columns, name) })
		if !set {
			continue
		}
		if step, needed, err := c.seeder.Counter(c.End, o); needed {
			w.add(c, step, err)
		}
	}
}

// insert adds the statements that insert rows; name says what they do with how many rows of which table.
func (w *writer) insert(c *content, rows []row, because, name string) {
	rows = byTree(c, rows, func(r row) row { return r })
	for _, b := range batches(rows, len(c.own()) > 0, mostRows, c.has) {
		text, err := c.insertRows(c.quoted(c.id()), b)
		w.add(c, drivers.Step{Name: fmt.Sprintf(name, rowCount(len(b.rows)), c.id().Path()), SQL: text, Because: because}, err)
	}
}

// has are the columns of which a row has a value, in the table's order.
func (c *content) has(r row) []string {
	var names []string
	for _, o := range c.columns {
		if _, ok := r[o.Identity.Name]; ok {
			names = append(names, o.Identity.Name)
		}
	}
	return names
}

// update adds the statements that give rows the values of to.
func (w *writer) update(c *content, updates []update, to func(update) row, verb, because string) {
	for _, b := range batches(updates, false, mostRows, func(u update) []string { return u.columns }) {
		var texts []string
		var err error
		if len(b.rows) <= fewUpdates {
			for _, u := range b.rows {
				var text string
				if text, err = c.updateOne(u, to(u)); err != nil {
					break
				}
				texts = append(texts, text)
			}
		} else {
			var text string
			text, err = c.updateMany(b, to)
			texts = []string{text}
		}
		if err != nil {
			w.add(c, drivers.Step{}, err)
			return
		}
		for _, text := range texts {
			step := drivers.Step{Name: fmt.Sprintf("%s %s of %s", verb, rowCount(len(b.rows)/len(texts)), c.id().Path()), SQL: text, Because: because}
			if because == c.because() && !c.restorable() {
				step.Destroys = "what " + rowCount(len(b.rows)/len(texts)) + " of " + c.id().Path() + " held"
			}
			w.add(c, step, nil)
		}
	}
}

// delete adds the statements that delete rows by their keys, those first that others refer to last.
func (w *writer) delete(c *content, rows []row, because string) {
	if len(c.own()) > 0 {
		rows = slices.Clone(byTree(c, rows, func(r row) row { return r }))
		slices.Reverse(rows)
	}
	most := mostRows
	if len(c.Set.Key) > 1 {
		most = fewConditions
	}
	for some := range slices.Chunk(rows, most) {
		text, err := c.deletion(some)
		step := drivers.Step{Name: fmt.Sprintf("delete %s of %s", rowCount(len(some)), c.id().Path()), SQL: text, Because: because}
		var lost []string
		if because != "" && !c.restorable() {
			lost = append(lost, rowCount(len(some))+" of "+c.id().Path())
		}
		for _, table := range c.cascades() {
			lost = append(lost, "the rows of "+table.Path()+" that refer to them")
		}
		step.Destroys = strings.Join(lost, "; ")
		w.add(c, step, err)
	}
}

package proof

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// solution is a set of columns that checks tie together, and combinations of values for them that pass the checks.
type solution struct {
	columns []int
	rows    [][]any
	clauses []clause
}

// agrees says that a combination has the values that the row's fixed columns have.
func (s solution) agrees(values []any, r row, fixed []bool, keepNull bool) bool {
	for j, i := range s.columns {
		if (fixed[i] || keepNull && r[i] == nil) && !same(values[j], r[i]) {
			return false
		}
	}
	return true
}

const (
	// fewCombinations is how many combinations of values are tried for one set of columns at first, mostCombinations how
	// many where few of those pass; keptCombinations is how many are kept.
	fewCombinations  = 150
	mostCombinations = 1500
	keptCombinations = 60
	// mostQuestions is how many queries are spent on a set where an expression fails on some combinations.
	mostQuestions = 200
	// mostParameters is how many values one query is given.
	mostParameters = 30000
)

// solver finds values that pass the checks of a table, by asking the engines that know the checks.
type solver struct {
	table *table
	// at are the databases by side; nil where there is none.
	at       [2]*database
	proposer *proposer
	// guessed are the candidates of each column that a check speaks of.
	guessed map[int][]any
}

// solve works out the proposer's sets. Checks that name no column are left to the INSERT.
func (s *solver) solve(ctx context.Context) error {
	s.guessed = map[int][]any{}
	var alone, tied []clause
	for _, c := range s.table.clauses {
		switch {
		case s.at[c.side] == nil || len(c.columns) == 0:
		case len(c.columns) == 1:
			alone = append(alone, c)
		default:
			tied = append(tied, c)
		}
	}
	for _, c := range append(slices.Clone(alone), tied...) {
		for _, i := range c.columns {
			if _, ok := s.guessed[i]; !ok {
				s.guessed[i] = s.candidates(i)
			}
		}
	}
	for _, set := range groups(alone) {
		set.rows = combinations([][]any{s.guessed[set.columns[0]]}, mostCombinations)
		if err := s.pass(ctx, &set); err != nil {
			return err
		}
		if len(set.rows) > 0 {
			s.guessed[set.columns[0]] = column0(set.rows)
		}
		s.proposer.sets = append(s.proposer.sets, set)
	}
	return s.tie(ctx, groups(tied))
}

// tie solves the checks of several columns with what the checks of single ones left; their sets come last and so win.
func (s *solver) tie(ctx context.Context, sets []solution) error {
	for _, set := range sets {
		lists := make([][]any, len(set.columns))
		for j, i := range set.columns {
			lists[j] = s.guessed[i]
		}
		for _, most := range []int{fewCombinations, mostCombinations} {
			set.rows = combinations(lists, most)
			if err := s.pass(ctx, &set); err != nil {
				return err
			}
			if len(set.rows) > keptCombinations/4 {
				break
			}
		}
		s.proposer.sets = append(s.proposer.sets, set)
	}
	return nil
}

// candidates are the values worth trying for a column: plain ones, what the checks that name it suggest, what its type
// suggests, NULL.
func (s *solver) candidates(i int) []any {
	c := s.table.columns[i]
	var values []any
	if s.table.pointsOut(i) {
		values = s.table.parentValues(i)
	} else {
		shape := s.proposer.shapes[i]
		for n := range perTable {
			values = append(values, shape.plain(i, n))
		}
		var numbers, texts []any
		for _, clause := range s.table.clauses {
			if slices.Contains(clause.columns, i) {
				n, t := guesses(clause.text)
				numbers, texts = append(numbers, n...), append(texts, t...)
			}
		}
		values = shape.candidates(values, numbers, texts)
	}
	if c.nullable() {
		values = append(values, nil)
	}
	return distinct(values)
}

// pointsOut says that the column is part of a key to another table, which alone gives it values.
func (t *table) pointsOut(column int) bool {
	for _, key := range t.keys {
		if key.parent != t && slices.Contains(key.columns, column) {
			return true
		}
	}
	return false
}

func (t *table) parentValues(column int) []any {
	var values []any
	for _, key := range t.keys {
		j := slices.Index(key.columns, column)
		if j < 0 || key.parent == nil || key.parent == t {
			continue
		}
		for _, r := range key.parent.rows {
			if _, left := r[key.refs[j]].(unset); !left {
				values = append(values, r[key.refs[j]])
			}
		}
	}
	return values
}

// pass keeps the combinations that pass the set's checks, those that share the least values first.
func (s *solver) pass(ctx context.Context, set *solution) error {
	for _, side := range []side{atStart, atEnd} {
		var clauses []clause
		for _, c := range set.clauses {
			if c.side == side {
				clauses = append(clauses, c)
			}
		}
		if len(clauses) == 0 || len(set.rows) == 0 {
			continue
		}
		passed, err := s.ask(ctx, s.at[side], set, clauses, set.rows)
		if err != nil && ctx.Err() == nil { // an expression can fail on a value: malformed JSON
			passed, err = s.askApart(ctx, s.at[side], set, clauses)
		}
		if err != nil {
			return err
		}
		var rows [][]any
		for n, values := range set.rows {
			if n < len(passed) && passed[n] {
				rows = append(rows, values)
			}
		}
		set.rows = rows
	}
	set.rows = spread(set.rows)
	return nil
}

// askApart asks for half of the rows at a time, where one of them makes an expression fail, as often as it may.
func (s *solver) askApart(ctx context.Context, d *database, set *solution, clauses []clause) ([]bool, error) {
	passed := make([]bool, len(set.rows))
	left := mostQuestions
	var apart func(from, to int) error
	apart = func(from, to int) error {
		if from == to || left == 0 {
			return nil
		}
		left--
		some, err := s.ask(ctx, d, set, clauses, set.rows[from:to])
		switch {
		case err == nil:
			copy(passed[from:], some)
			return nil
		case ctx.Err() != nil:
			return err
		case to-from == 1:
			return nil
		}
		middle := (from + to) / 2
		if err := apart(from, middle); err != nil {
			return err
		}
		return apart(middle, to)
	}
	err := apart(0, len(set.rows))
	return passed, err
}

// ask has the engine evaluate checks for combinations of values, as if they were rows of the table.
func (s *solver) ask(ctx context.Context, d *database, set *solution, clauses []clause, rows [][]any) ([]bool, error) {
	var names []string
	for _, i := range set.columns {
		if s.table.columns[i].objects[d.side] == nil {
			return nil, fmt.Errorf("a check names a column that is not there")
		}
		names = append(names, d.column(s.table.columns[i]))
	}
	var conditions []string
	for _, c := range clauses {
		conditions = append(conditions, "WHEN NOT ("+c.text+"\n) THEN 0")
	}
	counter := d.quote(s.unusedName())
	var values []string
	var args []any
	for n, r := range rows {
		tuple := strconv.Itoa(n)
		for j, value := range r {
			if n == 0 { // the rest of a strict engine's list follows the types of the first
				tuple += ", " + d.typed(s.table.columns[set.columns[j]], value, &args)
			} else {
				tuple += ", " + d.argument(value, &args)
			}
		}
		values = append(values, "("+tuple+")")
	}
	query := "SELECT " + counter + ", CASE " + strings.Join(conditions, " ") + " ELSE 1 END FROM " +
		d.among(s.table, append([]string{counter}, names...), strings.Join(values, ", "))
	passed := make([]bool, len(rows))
	err := d.conn.Query(ctx, query, args, func(scan func(...any) error) error {
		var n, ok int
		if err := scan(&n, &ok); err != nil {
			return err
		}
		passed[n] = ok == 1
		return nil
	})
	return passed, err
}

// among makes a list of rows stand for the table. Where types are loose, how a column is declared decides what becomes of a
// value, and so the table takes part.
func (d *database) among(t *table, names []string, values string) string {
	name := d.quote(t.objects[d.side].Identity.Name)
	if d.sampler != nil {
		return "(VALUES " + values + ") AS " + name + " (" + strings.Join(names, ", ") + ")"
	}
	return "(SELECT 0 AS " + strings.Join(names, ", ") + " FROM " + d.table(t) + " WHERE 1 = 0 UNION ALL VALUES " + values + ") AS " + name
}

// unusedName is a name that no column of the table has.
func (s *solver) unusedName() string {
	name := "number_of_row"
	for {
		used := false
		for _, c := range s.table.columns {
			for _, o := range c.objects {
				used = used || o != nil && strings.EqualFold(o.Identity.Name, name)
			}
		}
		if !used {
			return name
		}
		name += "_"
	}
}

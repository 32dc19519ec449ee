package proof

import "math/rand/v2"

// proposer makes rows for a table from what its columns may hold, worked out when the table's turn comes.
type proposer struct {
	table  *table
	side   side
	shapes []shape
	// sets are columns that checks tie together, with the combinations of values that the checks let pass; nil before
	// they were worked out.
	sets []solution
	// suggested are values for each column from texts other than checks: generated columns, indexes.
	suggested [][]any
}

// shape is what a column can hold.
type shape interface {
	// plain is the value for the n-th row of the column at a position.
	plain(position, n int) any
	// others are values to try where the plain ones are refused.
	others() []any
	// suggest are values made of what a text of the table suggests.
	suggest(numbers, texts []any) []any
	// candidates are all of those that are worth trying, the best first.
	candidates(plain, numbers, texts []any) []any
}

// perTable is how many rows a table gets, where it takes as many.
const perTable = 3

func newProposer(t *table, s side) *proposer {
	p := &proposer{table: t, side: s, shapes: make([]shape, len(t.columns)), suggested: make([][]any, len(t.columns))}
	var numbers, texts []any
	for _, text := range t.texts {
		n, t := guesses(text)
		numbers, texts = append(numbers, n...), append(texts, t...)
	}
	for i, c := range t.columns {
		p.shapes[i] = columnShape(c)
		p.suggested[i] = p.shapes[i].suggest(numbers, texts)
	}
	return p
}

// propose makes the n-th row of a table, in the given attempt at it; earlier are the rows before it. It is not ok where a
// foreign key finds nothing to point to; the table that lacks rows is returned then.
func (p *proposer) propose(n, attempt int, earlier []row) (row, *table) {
	t := p.table
	r := make(row, len(t.columns))
	random := rand.New(rand.NewPCG(uint64(n), uint64(attempt)))
	nulls := n%perTable == 1 && attempt < 2
	for i, c := range t.columns {
		switch {
		case !c.in(p.side):
			r[i] = unset{}
		case nulls && c.nullable():
			r[i] = nil
		default:
			r[i] = p.value(i, n, attempt, random)
		}
	}
	fixed := make([]bool, len(t.columns))
	for k, key := range t.keys {
		if t.columns[0].sample != nil && madeByTrigger(k, attempt) {
			continue
		}
		// Later attempts point keys to different rows each, for checks such as sender <> receiver.
		if key.parent != t && !p.point(r, key, key.parentRows(), n+attempt*(k+1), fixed) {
			return nil, key.lacking()
		}
	}
	p.solve(r, fixed, nulls && attempt == 0, n+attempt)
	for _, key := range t.keys {
		if key.parent == t && !p.pointToSelf(r, key, earlier, n, attempt, fixed) {
			return nil, t
		}
	}
	return r, nil
}

// madeByTrigger says that an attempt leaves it to a trigger to make the row that the k-th key points to.
func madeByTrigger(k, attempt int) bool {
	return attempt > 8 && attempt%2 == 0 && (attempt/2-4)>>min(k, 8)&1 == 1
}

// value is the plain one at first, later one of those that the type and the table's texts suggest.
func (p *proposer) value(i, n, attempt int, random *rand.Rand) any {
	if attempt > 3 && random.IntN(2) == 0 {
		others := p.shapes[i].others()
		if total := len(others) + len(p.suggested[i]); total > 0 {
			k := random.IntN(total)
			if k < len(others) {
				return others[k]
			}
			return p.suggested[i][k-len(others)]
		}
	}
	return p.shapes[i].plain(i, n+perTable*attempt)
}

// solve takes a combination that the checks let pass for each set of columns, keeping the columns that are fixed, and
// those that are NULL where keepNull says so.
func (p *proposer) solve(r row, fixed []bool, keepNull bool, n int) {
	for _, set := range p.sets {
		for k := range set.rows {
			values := set.rows[(n+k)%len(set.rows)]
			if !set.agrees(values, r, fixed, keepNull) {
				continue
			}
			for j, i := range set.columns {
				if _, left := r[i].(unset); !left {
					r[i] = values[j]
				}
			}
			break
		}
	}
}

// parentRows are the rows that a key may point to.
func (k foreignKey) parentRows() []row {
	if k.parent == nil {
		return nil
	}
	return k.parent.rows
}

// lacking is the table whose rows the key misses, nil where there is no such table.
func (k foreignKey) lacking() *table {
	if k.parent == nil {
		return missing
	}
	return k.parent
}

// missing stands for a table that is not there.
var missing = &table{}

// point gives the columns of a key the values of a row of its parent, the n-th first, or NULL where there is none. It is
// false where neither can be.
func (p *proposer) point(r row, key foreignKey, parents []row, n int, fixed []bool) bool {
	if !p.settable(key) || p.holdsNull(r, key) {
		return true
	}
	for k := range parents {
		if parent := parents[(n+k)%len(parents)]; copyKey(r, key, parent, fixed) {
			for _, i := range key.columns {
				fixed[i] = true
			}
			return true
		}
	}
	return p.setNull(r, key, fixed)
}

// pointToSelf does the same for a key that points to its own table: NULL first, then an earlier row, then the row itself.
func (p *proposer) pointToSelf(r row, key foreignKey, earlier []row, n, attempt int, fixed []bool) bool {
	if !p.settable(key) || p.holdsNull(r, key) {
		return true
	}
	if (n == 0 || attempt%2 == 1) && p.setNull(r, key, fixed) {
		return true
	}
	for k := range earlier {
		if copyKey(r, key, earlier[(n+attempt+k)%len(earlier)], fixed) {
			return true
		}
	}
	return copyKey(r, key, r, fixed) || p.setNull(r, key, fixed)
}

// settable says that an INSERT on the proposer's side gives each column of the key a value.
func (p *proposer) settable(key foreignKey) bool {
	for _, i := range key.columns {
		if !p.table.columns[i].in(p.side) {
			return false
		}
	}
	return true
}

func (p *proposer) holdsNull(r row, key foreignKey) bool {
	for _, i := range key.columns {
		if r[i] == nil {
			return true
		}
	}
	return false
}

// setNull leaves the key pointing nowhere, if one of its columns allows that.
func (p *proposer) setNull(r row, key foreignKey, fixed []bool) bool {
	done := false
	for _, i := range key.columns {
		if p.table.columns[i].nullable() && !fixed[i] {
			r[i] = nil
			fixed[i] = true
			done = true
		}
	}
	return done
}

// same says that two values are stored alike.
func same(a, b any) bool { return display(a) == display(b) }

// copyKey points the row to the parent, unless that has NULL or no value in its key, or a fixed column has another value.
func copyKey(r row, key foreignKey, parent row, fixed []bool) bool {
	for j, i := range key.columns {
		value := parent[key.refs[j]]
		if _, left := value.(unset); left || value == nil || fixed[i] && !same(r[i], value) {
			return false
		}
	}
	for j, i := range key.columns {
		r[i] = parent[key.refs[j]]
	}
	return true
}

// columnShape is the narrower of the types that a column has on both sides.
func columnShape(c *column) shape {
	if c.sample != nil {
		return c.sampledShape()
	}
	var shape typeShape
	first := true
	for _, o := range c.objects {
		if o == nil {
			continue
		}
		other := shapeOf(o.Properties.Text("type"))
		switch {
		case first:
			shape, first = other, false
		case shape.class == textClass && other.class != textClass:
			shape = other
		case shape.class == other.class && narrower(other.sizes, shape.sizes):
			shape = other
		}
	}
	return shape
}

func narrower(a, b []int) bool {
	return len(a) > 0 && (len(b) == 0 || a[0] < b[0])
}

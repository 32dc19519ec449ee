package proof

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// content is what a table holds: a tuple for each row, in the order of the columns that stay.
type content struct {
	columns []int
	rows    [][]any
}

// read is the content of every table that lives through the plan and was given rows. Columns are read as expressions, so that no client
// converts them by what they were declared as.
func (d *database) read(ctx context.Context, tables []*table) (map[*table]content, error) {
	contents := make(map[*table]content, len(tables))
	for _, t := range tables {
		if !t.both() || t.objects[d.side] == nil || len(t.columns) == 0 && t.width == 0 {
			continue
		}
		if t.elsewhere(d.side) && !t.moves() {
			continue
		}
		c, err := d.readTable(ctx, t)
		if err != nil {
			return nil, fmt.Errorf("read the rows of %s: %w", t.objects[d.side].Identity.Path(), err)
		}
		contents[t] = c
	}
	return contents, nil
}

func (d *database) readTable(ctx context.Context, t *table) (content, error) {
	var c content
	var names []string
	for i, column := range t.columns {
		if column.in(atStart) && column.in(atEnd) { // what is computed can't be lost
			c.columns = append(c.columns, i)
			names = append(names, d.plainText(d.column(column)))
		}
	}
	switch {
	case t.width > 0:
		names = []string{"*"}
		for i := range t.width {
			c.columns = append(c.columns, i)
		}
	case len(names) == 0:
		names = []string{"1"}
	}
	err := d.conn.Query(ctx, "SELECT "+strings.Join(names, ", ")+" FROM "+d.rows(t), nil, func(scan func(...any) error) error {
		values := make([]any, max(1, len(c.columns)))
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := scan(into...); err != nil {
			return err
		}
		c.rows = append(c.rows, values)
		return nil
	})
	return c, err
}

// lost says, in sentences, what of the content before is not there after. after completes "3 before, 2 …".
func lost(tables []*table, before, after *snapshot, when string) []string {
	var sentences []string
	kin := newKinship(tables)
	for _, t := range tables {
		was, ok := before.rows[t]
		if !ok {
			continue
		}
		is, ok := after.rows[t]
		if !ok {
			continue
		}
		if !kin.scatters[t] {
			sentences = append(sentences, compare(t, before.side, was, is, when)...)
		}
	}
	return append(sentences, kin.scattered(before, after, when)...)
}

// mostSentences is how many differences of one table are told.
const mostSentences = 10

// compare matches the rows of a table as multisets: their order is no difference.
func compare(t *table, from side, was, is content, when string) []string {
	name := t.identity().Path()
	if len(was.rows) != len(is.rows) {
		return []string{fmt.Sprintf("rows of %s: %d before, %d %s", name, len(was.rows), len(is.rows), when)}
	}
	how := comparisons(t, from, was.columns)
	left := map[string][]int{}
	for n, r := range is.rows {
		key := strings.Join(forms(r, how), "\x00")
		left[key] = append(left[key], n)
	}
	var gone []int
	for n, r := range was.rows {
		key := strings.Join(forms(r, how), "\x00")
		if found := left[key]; len(found) > 0 {
			left[key] = found[1:]
		} else {
			gone = append(gone, n)
		}
	}
	var fresh []int
	for _, numbers := range left {
		fresh = append(fresh, numbers...)
	}
	sort.Ints(fresh)
	var sentences []string
	for _, n := range gone {
		at := nearest(forms(was.rows[n], how), is.rows, fresh, how)
		sentences = append(sentences, t.changed(n, was, is.rows[fresh[at]], how)...)
		fresh = slices.Delete(fresh, at, at+1)
	}
	return sentences[:min(len(sentences), mostSentences)]
}

// changed says which values of a row became others.
func (t *table) changed(n int, was content, is []any, how []comparison) []string {
	var sentences []string
	before, after := forms(was.rows[n], how), forms(is, how)
	for j, i := range was.columns {
		if before[j] == after[j] {
			continue
		}
		name := "column " + strconv.Itoa(i+1)
		if i < len(t.columns) {
			name = t.columns[i].any().Identity.Name
		}
		sentences = append(sentences, fmt.Sprintf("row %d of %s: %s was %s, is %s", n+1, t.identity().Path(), name, short(was.rows[n][j]), short(is[j])))
	}
	return sentences
}

// nearest is the position in numbers of the row that has the most values in common with the forms.
func nearest(want []string, rows [][]any, numbers []int, how []comparison) int {
	best, most := 0, -1
	for at, n := range numbers {
		common := 0
		for j, form := range forms(rows[n], how) {
			if form == want[j] {
				common++
			}
		}
		if common > most {
			best, most = at, common
		}
	}
	return best
}

// comparison is how exactly values of a column are compared.
type comparison int

// A comparison is exact unless it is one of these.
const (
	// byMeaning takes 5, 5.0 and '5' for one: the table's own properties changed, and with STRICT how values are stored.
	byMeaning comparison = iota + 1
	// byPresence looks for NULL only: the column's type changed.
	byPresence
	// byNothing doesn't look: a list became one value.
	byNothing
)

// comparisonOf leads from what a sampler says.
var comparisonOf = map[drivers.Fidelity]comparison{drivers.SameNumber: byMeaning, drivers.SamePresence: byPresence, drivers.SameNothing: byNothing}

func comparisons(t *table, from side, columns []int) []comparison {
	how := make([]comparison, len(columns))
	if len(t.columns) == 0 { // a virtual table may show the values of another table, whose types change
		for j := range how {
			how[j] = byMeaning
		}
		return how
	}
	if t.columns[0].sample != nil {
		for j, i := range columns {
			how[j] = comparisonOf[t.columns[i].keeps[from]]
		}
		return how
	}
	changed := len(t.objects[atStart].Properties.Changed(t.objects[atEnd].Properties)) > 0
	for j, i := range columns {
		a, b := t.columns[i].objects[atStart].Properties, t.columns[i].objects[atEnd].Properties
		switch {
		case !hclschema.Equal(a[hclschema.PropType], b[hclschema.PropType]):
			how[j] = byPresence
		case changed:
			how[j] = byMeaning
		}
	}
	return how
}

func forms(r []any, how []comparison) []string {
	words := make([]string, len(how))
	for j, h := range how {
		switch h {
		case byNothing:
			words[j] = ""
		case byPresence:
			words[j] = strconv.FormatBool(r[j] == nil)
		case byMeaning:
			words[j] = meaning(r[j])
		default:
			words[j] = display(r[j])
		}
	}
	return words
}

// display is a value as SQL writes it, its type included: 5, 5.0, '5', x'35'.
func display(value any) string {
	switch v := value.(type) {
	case nil:
		return "NULL"
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if !strings.ContainsAny(text, ".eIN") {
			text += ".0"
		}
		return text
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case []byte:
		return "x'" + hex.EncodeToString(v) + "'"
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	return fmt.Sprintf("%T %v", value, value)
}

func meaning(value any) string {
	switch v := value.(type) {
	case int64:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case string:
		if f, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil {
			return strconv.FormatFloat(f, 'g', -1, 64)
		}
		return display(v)
	case []byte:
		return display(string(v))
	}
	return display(value)
}

func short(value any) string { return excerpt(display(value), 0) }

package proof

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// class is what a column seems to hold, judged by the words of its type.
type class int

const (
	textClass class = iota
	integerClass
	realClass
	booleanClass
	blobClass
	jsonClass
	uuidClass
	timestampClass
	dateClass
	timeClass
)

// classWords are looked for in a type's text, the first that is in it wins: "datetime" before "date", "point" before "int".
var classWords = []struct {
	word  string
	class class
}{
	{"bool", booleanClass}, {"uuid", uuidClass}, {"guid", uuidClass}, {"json", jsonClass},
	{"timestamp", timestampClass}, {"datetime", timestampClass}, {"date", dateClass}, {"interval", textClass}, {"time", timeClass},
	{"point", textClass}, {"blob", blobClass}, {"binary", blobClass}, {"bytea", blobClass}, {"bytes", blobClass}, {"image", blobClass},
	{"char", textClass}, {"clob", textClass}, {"text", textClass}, {"string", textClass},
	{"int", integerClass}, {"serial", integerClass}, {"year", integerClass},
	{"real", realClass}, {"floa", realClass}, {"doub", realClass},
	{"dec", realClass}, {"num", realClass}, {"money", realClass}, {"fixed", realClass}, {"bit", booleanClass},
}

// typeShape is a type's class with the sizes behind it.
type typeShape struct {
	class class
	// sizes are the numbers in parentheses: varchar(20), decimal(10, 2).
	sizes []int
}

func shapeOf(text string) typeShape {
	word, rest, _ := strings.Cut(strings.ToLower(text), "(")
	shape := typeShape{}
	for _, w := range classWords {
		if strings.Contains(word, w.word) {
			shape.class = w.class
			break
		}
	}
	for _, t := range lex(rest) {
		if n, err := strconv.Atoi(t.text); err == nil && t.kind == numberToken {
			shape.sizes = append(shape.sizes, n)
		}
	}
	return shape
}

// plain is the value for the n-th row of the column at a position, different for each row and, as far as the type is wide
// enough, for each column, so that values that changed places are seen.
func (s typeShape) plain(position, n int) any {
	switch s.class {
	case integerClass:
		return int64(position%10*10 + n%10 + 1 + n/10*100)
	case realClass:
		return s.real(position, n)
	case booleanClass:
		return int64((n + 1) % 2)
	case blobClass:
		return s.cut([]byte{byte('a' + position%26), 0, 0xff, byte(n)})
	case jsonClass:
		return fmt.Sprintf(`{"a": %d}`, position*100+n)
	case uuidClass:
		return fmt.Sprintf("6f1c2a30-1b2c-4d3e-8f40-%06x%06x", position, n)
	case timestampClass:
		return fmt.Sprintf("2024-%02d-%02d 10:20:%02d", position%12+1, n%28+1, n/28%60)
	case dateClass:
		return fmt.Sprintf("2024-%02d-%02d", position%12+1, n%28+1)
	case timeClass:
		return fmt.Sprintf("%02d:%02d:%02d", position%24, n%60, n/60%60)
	}
	return s.text(position, n)
}

func (s typeShape) text(position, n int) string {
	value := string(rune('a'+position%26)) + strconv.Itoa(n+1)
	if len(s.sizes) > 0 && s.sizes[0] > 0 && len(value) > s.sizes[0] {
		return string(rune('a' + n%26))
	}
	return value
}

func (s typeShape) cut(value []byte) []byte {
	if len(s.sizes) > 0 && s.sizes[0] > 0 && s.sizes[0] < len(value) {
		return value[len(value)-s.sizes[0]:]
	}
	return value
}

// real is a number that fits the sizes of a decimal.
func (s typeShape) real(position, n int) any {
	switch {
	case len(s.sizes) == 1 || len(s.sizes) == 2 && s.sizes[1] == 0:
		return int64(n + 1)
	case len(s.sizes) == 2 && s.sizes[0] <= s.sizes[1]:
		return float64(n%9+1) / 10
	case len(s.sizes) == 2 && s.sizes[0]-s.sizes[1] < 3:
		return float64(n%9) + 0.5
	}
	return float64(position%10*10+n) + 0.5
}

// others are values of the type beyond the plain ones, for columns in which those were refused.
func (s typeShape) others() []any {
	switch s.class {
	case integerClass:
		return []any{int64(0), int64(1), int64(2), int64(3), int64(-1), int64(10), int64(50), int64(100), int64(1000), int64(100000)}
	case realClass:
		return []any{0.5, 0.25, 0.75, int64(0), int64(1), 1.5, int64(2), int64(-1), int64(10), int64(50), int64(100), int64(1000)}
	case booleanClass:
		return []any{int64(1), int64(0), true, false, "t", "f"}
	case blobClass:
		return []any{[]byte{}, []byte("a"), []byte("abcdefghijklmnop"), []byte("abcdefghijklmnopqrstuvwxyz012345")}
	case jsonClass:
		return []any{"{}", "[]", "[1, 2]", `{"a": "b"}`, `"a"`, "1", "null"}
	case timestampClass:
		return []any{"2024-01-02T10:20:30Z", "2024-01-02T10:20:30.123Z", "2024-01-02 10:20", "1999-12-31 23:59:59", "2999-01-01 00:00:00", int64(1704190830)}
	case dateClass:
		return []any{"1999-12-31", "2000-01-01", "2025-02-03", "2999-12-31", int64(19724)}
	case timeClass:
		return []any{"00:00", "09:30", "10:20", "23:59", "09:30:00", "23:59:59", int64(36000)}
	case uuidClass:
		return []any{"00000000-0000-4000-8000-000000000000", "6F1C2A30-1B2C-4D3E-8F40-000000000001", "6f1c2a301b2c4d3e8f40000000000001"}
	}
	return []any{"a", "b", "A", "B", "1", "2", "12", "abc", "ABC", "a1", "", "a@b.co", "b@c.org", "https://a.example/b", "/a", "#a1b2c3", "+15550001", "en", "EUR", "{}", "[]",
		"2024-01-02", "2025-02-03", "10:20:30", "2024-01-02 10:20:30", "2024-01-02T10:20:30Z", "6f1c2a30-1b2c-4d3e-8f40-000000000001",
		int64(1), int64(2), int64(1000), 0.5, []byte("a"), []byte("abcdefghijklmnop")}
}

func (s typeShape) suggest(numbers, texts []any) []any {
	return append(slices.Clone(numbers), texts...)
}

func (s typeShape) candidates(values, numbers, texts []any) []any {
	switch s.class {
	case integerClass, realClass, booleanClass:
		return append(append(append(values, numbers...), s.others()...), texts...)
	case blobClass:
		values = append(values, s.others()...)
		for _, text := range texts {
			values = append(values, []byte(text.(string)))
		}
		return append(values, numbers...)
	}
	return append(append(append(values, texts...), s.others()...), numbers...)
}

// number is a literal as a value, nil where it isn't one.
func number(text string) any {
	if n, err := strconv.ParseInt(text, 0, 64); err == nil {
		return n
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
		return f
	}
	return nil
}

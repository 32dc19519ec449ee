package sample

import (
	"fmt"
	"strconv"
	"strings"
)

// plain is the value for the n-th row of the column at a position; "" with false where none is known.
func (k kind) plain(position, n int) (string, bool) {
	switch k.form {
	case baseForm:
		return k.plainBase(position, n), true
	case enumForm:
		if len(k.labels) == 0 {
			return "", false
		}
		return k.labels[n%len(k.labels)], true
	case arrayForm:
		first, ok := k.of[0].plain(position, n)
		second, also := k.of[0].plain(position, n+1)
		return k.array(first, second), ok && also
	case compositeForm:
		fields := make([]string, len(k.of))
		for i, part := range k.of {
			value, ok := part.plain(position+i, n)
			if !ok {
				return "", false
			}
			fields[i] = quoted(value)
		}
		return "(" + strings.Join(fields, ",") + ")", true
	case rangeForm:
		return k.plainRange(position, n)
	case multirangeForm:
		inner, ok := k.of[0].plain(position, n)
		return "{" + inner + "}", ok
	}
	return "", false
}

// array writes elements; a box has commas of its own, and so its arrays are written with semicolons.
func (k kind) array(elements ...string) string {
	between := ","
	if k.of[0].name == "box" {
		between = ";"
	}
	parts := make([]string, len(elements))
	for i, element := range elements {
		parts[i] = quoted(element)
	}
	return "{" + strings.Join(parts, between) + "}"
}

// quoted is a part of an array or a row.
func quoted(value string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// plainRange are ranges that don't overlap, as exclusion constraints want them.
func (k kind) plainRange(position, n int) (string, bool) {
	sub := k.of[0]
	number := (position%10)*10000 + n*10
	switch sub.name {
	case "integer", "bigint", "numeric", "double precision", "real", "smallint":
		if sub.form == baseForm {
			return fmt.Sprintf("[%d,%d)", number, number+5), true
		}
	case "timestamp without time zone", "timestamp with time zone":
		from, _ := sub.plain(position, n)
		return fmt.Sprintf("[%q,%q)", from, strings.Replace(from, ":20:", ":40:", 1)), true
	}
	value, ok := sub.plain(position, n)
	return "[" + quoted(value) + "," + quoted(value) + "]", ok
}

func (k kind) plainBase(position, n int) string {
	count := position%10*10 + n%10 + 1 + n/10*100
	day := fmt.Sprintf("%04d-%02d-%02d", 2024-n/28, position%12+1, n%28+1)
	switch k.name {
	case "numeric":
		return k.numeric(position, n)
	case "real", "double precision":
		return strconv.FormatFloat(float64(position%10*10+n)+0.5, 'f', -1, 64)
	case "money":
		return fmt.Sprintf("%d.50", count)
	case "boolean":
		return strconv.FormatBool(n%2 == 0)
	case "text", "name", "character", "character varying", "citext", "refcursor", `"char"`:
		return k.plainText(position, n)
	case "bytea":
		return fmt.Sprintf(`\x%02x00ff%02x`, 'a'+position%26, n%256)
	case "date":
		return day
	case "timestamp without time zone":
		return fmt.Sprintf("%s 10:20:%02d", day, n%60)
	case "timestamp with time zone":
		return fmt.Sprintf("%s 10:20:%02d+00", day, n%60)
	case "time without time zone":
		return fmt.Sprintf("%02d:%02d:%02d", position%24, n%60, n/60%60)
	case "time with time zone":
		return fmt.Sprintf("%02d:%02d:%02d+00", position%24, n%60, n/60%60)
	case "interval":
		return k.interval(count)
	case "uuid":
		return fmt.Sprintf("6f1c2a30-1b2c-4d3e-8f40-%06x%06x", position, n)
	case "json", "jsonb":
		return fmt.Sprintf(`{"a": %d}`, position*100+n)
	case "xml":
		return fmt.Sprintf("<a>%d</a>", position*100+n)
	}
	if value, ok := k.plainRest(position, n, count); ok {
		return value
	}
	return strconv.Itoa(count) // whole numbers, and what stands for an object by its number
}

// relations are such as each database has.
var relations = []string{
	"pg_class", "pg_attribute", "pg_type", "pg_proc", "pg_namespace", "pg_index", "pg_constraint", "pg_trigger", "pg_cast", "pg_operator", "pg_rewrite", "pg_depend",
	"pg_am", "pg_enum", "pg_range", "pg_policy", "pg_sequence", "pg_inherits", "pg_language", "pg_collation", "pg_conversion", "pg_database", "pg_tablespace",
}

// plainRest are types that few schemas use.
func (k kind) plainRest(position, n, count int) (string, bool) {
	switch k.name {
	case "inet":
		return fmt.Sprintf("10.%d.0.%d", position%256, n%250+1), true
	case "cidr":
		return fmt.Sprintf("10.%d.%d.0/24", position%256, n%256), true
	case "macaddr":
		return fmt.Sprintf("08:00:2b:01:%02x:%02x", position%256, n%256), true
	case "macaddr8":
		return fmt.Sprintf("08:00:2b:01:02:03:%02x:%02x", position%256, n%256), true
	case "bit":
		return k.bits(n+1, max(1, k.size(0, 1))), true
	case "bit varying":
		return k.bits(n+1, min(12, k.size(0, 12))), true
	case "point":
		return fmt.Sprintf("(%d,%d)", position, n), true
	case "line":
		return fmt.Sprintf("{1,-1,%d}", count), true
	case "lseg":
		return fmt.Sprintf("[(%d,%d),(%d,%d)]", position, n*10, position+1, n*10+1), true
	case "box":
		return fmt.Sprintf("(%d,%d),(%d,%d)", position+1, n*10+1, position, n*10), true
	case "path":
		return fmt.Sprintf("[(%d,%d),(%d,%d)]", position, n, position+1, n+1), true
	case "polygon":
		return fmt.Sprintf("((%d,%d),(%d,%d),(%d,%d))", position, n, position+1, n, position, n+1), true
	case "circle":
		return fmt.Sprintf("<(%d,%d),1>", position, n*10), true
	case "tsvector", "tsquery", "ltree", "lquery", "ltxtquery":
		return fmt.Sprintf("%c%d", 'a'+position%26, n+1), true
	case "regclass": // by name, since texts that become one are read as names
		return relations[count%len(relations)], true
	case "jsonpath":
		return fmt.Sprintf("$.a%d", count), true
	case "pg_lsn":
		return fmt.Sprintf("0/%X", count), true
	case "tid":
		return fmt.Sprintf("(0,%d)", count%60000), true
	case "txid_snapshot", "pg_snapshot":
		return fmt.Sprintf("%d:%d:", count, count+1), true
	case "hstore":
		return fmt.Sprintf(`"a"=>"%d"`, count), true
	case "cube":
		return fmt.Sprintf("(%d)", count), true
	case "seg":
		return strconv.Itoa(count), true
	case "geometry", "geography":
		return k.geometry(position, n), true
	case "vector", "halfvec":
		return "[" + strings.Repeat("0.5, ", k.size(0, 3)-1) + strconv.Itoa(n+1) + "]", true
	case "sparsevec":
		return fmt.Sprintf("{1:%d}/%d", n+1, k.size(0, 3)), true
	}
	return "", false
}

func (k kind) plainText(position, n int) string {
	value := string(rune('a'+position%26)) + strconv.Itoa(n+1)
	if size := k.textSize(); size > 0 && len(value) > size {
		return string(rune('a' + n%26))
	}
	return value
}

// textSize is the longest text that fits, 0 for any length.
func (k kind) textSize() int {
	switch k.name {
	case `"char"`:
		return 1
	case "name":
		return 63
	case "character":
		return k.size(0, 1)
	}
	return k.size(0, 0)
}

// numeric is a number that fits precision and scale.
func (k kind) numeric(position, n int) string {
	if len(k.sizes) == 0 {
		return strconv.Itoa(position%10*10+n) + ".5"
	}
	precision, scale := k.size(0, 1), k.size(1, 0)
	before := precision - scale
	switch {
	case scale <= 0:
		return strconv.Itoa(below(position%10*10+n, precision)+1) + strings.Repeat("0", -scale)
	case before <= 0:
		digits := strconv.Itoa(below(n, precision) + 1)
		return "0." + strings.Repeat("0", scale-len(digits)) + digits
	}
	whole := position%10*10 + n
	if before < 3 {
		whole = below(n, before)
	}
	return strconv.Itoa(whole) + ".5" + strings.Repeat("0", scale-1)
}

// below keeps a number under the highest of so many digits.
func below(n, digits int) int {
	limit := 1
	for range min(digits, 9) {
		limit *= 10
	}
	return n % (limit - 1)
}

func (k kind) bits(n, size int) string {
	text := strconv.FormatInt(int64(n), 2)
	if len(text) > size {
		return text[len(text)-size:]
	}
	return strings.Repeat("0", size-len(text)) + text
}

// interval is a length of time in the smallest of the fields that the type keeps.
func (k kind) interval(count int) string {
	fields := strings.Join(k.words, " ")
	switch {
	case strings.HasSuffix(fields, "second"):
		return fmt.Sprintf("00:%02d:%02d", count/60%60, count%60)
	case strings.HasSuffix(fields, "minute"):
		return fmt.Sprintf("%02d:%02d:00", count/60, count%60)
	case strings.HasSuffix(fields, "hour"):
		return fmt.Sprintf("%02d:00:00", count)
	case strings.HasSuffix(fields, "month"):
		return fmt.Sprintf("%d mons", count)
	case strings.HasSuffix(fields, "year"):
		return fmt.Sprintf("%d years", count)
	}
	return fmt.Sprintf("%d days", count)
}

// geometry is a shape of the sort that the column asks for: geometry(Point,4326).
func (k kind) geometry(position, n int) string {
	point := fmt.Sprintf("%d %d", position%90, n%90)
	further := fmt.Sprintf("%d %d", position%90, n%90+1)
	aside := fmt.Sprintf("%d %d", position%90+1, n%90)
	sort := ""
	if len(k.words) > 0 {
		sort = strings.ToLower(k.words[0])
	}
	dimensions := ""
	switch {
	case strings.HasSuffix(sort, "zm"):
		dimensions = "0 0"
	case strings.HasSuffix(sort, "z"), strings.HasSuffix(sort, "m") && sort != "geom":
		dimensions = "0"
	}
	if dimensions != "" {
		point, further, aside = point+" "+dimensions, further+" "+dimensions, aside+" "+dimensions
	}
	ring := "((" + strings.Join([]string{point, further, aside, point}, ",") + "))"
	shape := "(" + point + ")"
	bare := strings.TrimRight(sort, "zm")
	switch bare {
	case "linestring":
		shape = "(" + point + "," + further + ")"
	case "polygon":
		shape = ring
	case "multipoint":
		shape = "((" + point + "))"
	case "multilinestring":
		shape = "((" + point + "," + further + "))"
	case "multipolygon":
		shape = "(" + ring + ")"
	case "geometrycollection":
		shape = "(POINT(" + point + "))"
	default:
		bare = "point"
	}
	mark := ""
	if sort != "" && strings.HasSuffix(sort, "m") && !strings.HasSuffix(sort, "zm") && sort != "geom" {
		mark = "M"
	}
	text := strings.ToUpper(bare) + mark + shape
	if len(k.sizes) > 0 {
		return fmt.Sprintf("SRID=%d;%s", k.sizes[0], text)
	}
	return text
}

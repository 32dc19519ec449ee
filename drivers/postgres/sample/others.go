package sample

import "strings"

// others are values beyond the plain ones, all of which fit.
func (k kind) others() []string {
	switch k.form {
	case enumForm:
		return k.labels
	case arrayForm:
		return k.otherArrays()
	case rangeForm:
		return append([]string{"empty", "(,)"}, k.otherRanges()...)
	case multirangeForm:
		return []string{"{}"}
	case compositeForm:
		return k.otherRows()
	case unknownForm:
		return nil
	}
	return k.fitting(k.otherBase())
}

// otherRows change one field at a time.
func (k kind) otherRows() []string {
	var rows []string
	for i, part := range k.of {
		for _, other := range part.others() {
			fields := make([]string, len(k.of))
			for j, sibling := range k.of {
				value, _ := sibling.plain(j, 0)
				if i == j {
					value = other
				}
				fields[j] = quoted(value)
			}
			rows = append(rows, "("+strings.Join(fields, ",")+")")
		}
	}
	return rows[:min(len(rows), 60)]
}

func (k kind) otherArrays() []string {
	arrays := []string{"{}"}
	var elements []string
	for n := range 5 {
		if element, ok := k.of[0].plain(0, n); ok {
			elements = append(elements, element)
			arrays = append(arrays, k.array(elements...))
		}
	}
	for _, other := range k.of[0].others() {
		arrays = append(arrays, k.array(other))
	}
	return arrays
}

func (k kind) otherRanges() []string {
	var ranges []string
	low, ok := k.of[0].plain(0, 0)
	if !ok {
		return nil
	}
	for _, n := range []int{1, 5, 20} {
		high, _ := k.of[0].plain(0, n)
		ranges = append(ranges, "["+quoted(low)+","+quoted(high)+")", "["+quoted(low)+",)", "(,"+quoted(high)+")", "["+quoted(high)+","+quoted(high)+"]")
	}
	return ranges
}

func (k kind) otherBase() []string {
	if _, _, ok := k.whole(); ok {
		return []string{"0", "1", "2", "3", "-1", "10", "50", "100", "1000", "100000"}
	}
	switch k.name {
	case "numeric", "real", "double precision", "money":
		return []string{"0.5", "0.25", "0.75", "0", "1", "1.5", "2", "-1", "10", "50", "100", "1000"}
	case "boolean":
		return []string{"true", "false"}
	case "text", "name", "character", "character varying", "citext", "refcursor", `"char"`:
		return []string{"a", "b", "A", "B", "1", "2", "12", "abc", "ABC", "a1", "", "a@b.co", "b@c.org", "https://a.example/b", "/a", "#a1b2c3", "+15550001", "en", "EUR",
			"{}", "[]", "2024-01-02", "2025-02-03", "10:20:30", "2024-01-02 10:20:30", "2024-01-02T10:20:30Z", "6f1c2a30-1b2c-4d3e-8f40-000000000001", "10.0.0.1", "a.b", "a b", "a_b", "a-b"}
	case "bytea":
		return []string{`\x`, `\x61`, `\x6162636465666768696a6b6c6d6e6f70`, `\x` + strings.Repeat("61", 20), `\x` + strings.Repeat("62", 20), `\x` + strings.Repeat("63", 20), `\x` + strings.Repeat("61", 32),
			`\x` + strings.Repeat("62", 32), `\x` + strings.Repeat("63", 32), `\x` + strings.Repeat("62", 16), `\x` + strings.Repeat("63", 16)}
	case "date":
		return []string{"1999-12-31", "2000-01-01", "2025-02-03", "2024-01-01", "2024-02-05", "1970-01-01", "2999-12-31", "2999-12-30", "2999-12-29"}
	case "timestamp without time zone":
		return []string{"2024-01-02 10:20:30.123", "2024-01-01 00:00:00", "1999-12-31 23:59:59", "1970-01-01 00:00:00", "2999-01-01 00:00:00", "2999-01-02 00:00:00", "2999-01-03 00:00:00"}
	case "timestamp with time zone":
		return []string{"2024-01-02 10:20:30.123+00", "2024-01-01 00:00:00+00", "1999-12-31 23:59:59+00", "1970-01-01 00:00:00+00", "2999-01-01 00:00:00+00", "2999-01-02 00:00:00+00", "2999-01-03 00:00:00+00"}
	case "time without time zone":
		return []string{"00:00:00", "09:30:00", "10:20:00", "12:00:00", "23:59:00", "23:59:59"}
	case "time with time zone":
		return []string{"00:00:00+00", "09:30:00+00", "10:20:00+00", "23:59:59+00"}
	case "interval":
		return []string{"00:00:00", "00:00:01", "00:01:00", "00:30:00", "01:00:00", "02:00:00", "12:00:00", "1 day", "2 days", "7 days", "14 days", "90 days", "1 mon", "1 year", "-1 days"}
	case "uuid":
		return []string{"00000000-0000-0000-0000-000000000000", "00000000-0000-4000-8000-000000000000", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}
	case "json", "jsonb":
		return []string{"{}", "[]", "[1, 2]", `["a", "b"]`, `{"a": "b"}`, `{"a": []}`, `[{"a": 1}]`, `"a"`, "1", "true", "null"}
	case "xml":
		return []string{"<a/>", "<a><b>1</b></a>", "a"}
	case "inet":
		return []string{"10.0.0.1", "192.168.1.1", "127.0.0.1", "::1", "2001:db8::1", "10.0.0.0/8"}
	case "cidr":
		return []string{"10.0.0.0/8", "192.168.0.0/16", "192.168.1.0/24", "10.0.0.1/32", "2001:db8::/32"}
	case "bit varying":
		return []string{"", "0", "1", "101", "11111111"}
	case "bit":
		return []string{strings.Repeat("0", k.size(0, 1)), strings.Repeat("1", k.size(0, 1))}
	case "point":
		return []string{"(0,0)", "(1,1)", "(-1,-1)", "(10,50)"}
	case "hstore":
		return []string{"", `"a"=>"b"`, `"a"=>NULL`}
	case "ltree":
		return []string{"", "a", "a.b", "a.b.c", "1", "1.2"}
	}
	return nil
}

// fitting are those of the texts that the type takes.
func (k kind) fitting(texts []string) []string {
	var kept []string
	for _, text := range texts {
		if k.fits(text) {
			kept = append(kept, text)
		}
	}
	return kept
}

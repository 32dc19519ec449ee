package postgres

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// misfit is the condition for which a value of one type has no place in another, and what that is to people; empty where every
// value has one, or where only the engine can tell. A cast that is written out would cut such a value short without a word.
func misfit(column, before, after string) (condition, text string) {
	was, is := partsOfType(before), partsOfType(after)
	if was.array && !is.array && families[is.base] != "text" {
		return "cardinality(" + column + ") <> 1", "hasn't exactly one element"
	}
	if was.array && is.array {
		value, from := elementOf(before, after)
		condition, text = misfit(value, from, element(after))
		return within(column, condition), text
	}
	if is.array {
		return "", ""
	}
	switch to := families[is.base]; {
	case to == "text" && len(is.modifiers) == 1:
		n := strconv.Itoa(is.modifiers[0])
		return "length(rtrim(" + written(column, was) + ", ' ')) > " + n, "is longer than " + n + " characters"
	case was.array:
		return "", ""
	case is.base == "name" && families[was.base] == "text":
		return "octet_length(" + column + "::text) > 63", "is longer than 63 bytes"
	case to == "bits" && was.base != "" && families[was.base] == "bits" && len(is.modifiers) == 1:
		n := strconv.Itoa(is.modifiers[0])
		return "length(" + column + ") > " + n, "is longer than " + n + " bits"
	case to == "bits" && families[was.base] != "number" && len(is.modifiers) == 1:
		n, value, than := strconv.Itoa(is.modifiers[0]), written(column, was), " <> "
		if is.base == "bit varying" {
			than = " > "
		}
		return "CASE WHEN " + value + " ~ '^[01]*$' THEN length(" + value + ")" + than + n + " ELSE " + column + " IS NOT NULL END", "isn't made of " + n + " bits"
	case families[was.base] == "number" && to == "number":
		return outOfRange(column, is)
	case families[was.base] == "text":
		return unreadable(column, is)
	}
	return "", ""
}

// elementOf is an element of a list as it is converted to one of another list (see conversion), and its type.
func elementOf(before, after string) (value, typeText string) {
	was, is := partsOfType(before), partsOfType(after)
	if families[was.base] == "" || families[was.base] != families[is.base] {
		return written(listElement, typeParts{base: was.base}), "text"
	}
	return listElement, element(before)
}

// listElement is what elements of a list are called in conditions.
const listElement = "duo_orm_value"

// within is the condition that one holds for an element of a list; empty for an empty one.
func within(list, condition string) string {
	if condition == "" {
		return ""
	}
	return "EXISTS (SELECT FROM unnest(" + list + ") AS " + listElement + " WHERE " + condition + ")"
}

// outOfRange is for numbers that are too large for another type of numbers.
func outOfRange(column string, is typeParts) (condition, text string) {
	limits := map[string][2]string{
		"smallint": {"-32768", "32767"}, "integer": {"-2147483648", "2147483647"}, "bigint": {"-9223372036854775808", "9223372036854775807"},
	}
	if limit, ok := limits[is.base]; ok {
		return "round(" + column + "::numeric) NOT BETWEEN " + limit[0] + " AND " + limit[1], "is too large for " + is.base
	}
	if is.base == "real" {
		size := "abs(" + column + "::numeric)"
		return column + "::text NOT IN ('NaN', 'Infinity', '-Infinity') AND (" + size + " > 3.4028234e38 OR " + size + " < 1.2e-38 AND " + column + " <> 0)", "is too large or too small for real"
	}
	if is.base == "numeric" && len(is.modifiers) == 2 && is.modifiers[0] >= is.modifiers[1] {
		digits := is.modifiers[0] - is.modifiers[1]
		return "abs(round(" + column + "::numeric, " + strconv.Itoa(is.modifiers[1]) + ")) >= 1" + strings.Repeat("0", digits), "has more than " + strconv.Itoa(digits) + " digits before the point"
	}
	return "", ""
}

// unreadable is for texts that are no values of another type.
func unreadable(column string, is typeParts) (condition, text string) {
	text = "can't be read as " + is.base
	number := column + "::numeric"
	switch is.base {
	case "smallint", "integer", "bigint":
		large, _ := outOfRange(number, is)
		return "CASE WHEN " + column + ` ~ '^\s*[-+]?[0-9]+\s*$' THEN ` + large + " ELSE " + column + " IS NOT NULL END", text
	case "numeric", "real", "double precision":
		readable := column + ` ~* '^\s*([-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?|nan|[-+]?inf(inity)?)\s*$'`
		infinite, large := "false", ""
		switch {
		case is.base == "double precision":
			large = "abs(" + number + ") > 1.7976931348623157e308"
		case is.base == "real":
			large = "abs(" + number + ") > 3.4028234e38"
		case len(is.modifiers) > 0:
			is.modifiers = append(is.modifiers, 0)[:2] // numeric(5) has no digits behind the point
			infinite, text = column+" ~* 'inf'", text+" of so many digits"
			large, _ = outOfRange(number, is)
		}
		if large == "" {
			return "NOT " + readable, text
		}
		return "CASE WHEN NOT " + readable + " THEN true WHEN " + column + " ~* '[nf]' THEN " + infinite + " ELSE " + large + " END", text
	case "boolean":
		return "lower(btrim(" + column + ")) NOT IN ('t', 'tr', 'tru', 'true', 'f', 'fa', 'fal', 'fals', 'false', 'y', 'ye', 'yes', 'n', 'no', 'on', 'of', 'off', '1', '0')", text
	case "uuid":
		return "translate(" + column + ", '-{}', '') !~* '^[0-9a-f]{32}$'", text
	case "regclass":
		// a text of digits is a name where it is cast, and to to_regclass a number from version 18 on
		return "to_regclass(CASE WHEN " + column + " ~ '^[0-9]+$' THEN quote_ident(" + column + ") ELSE " + column + " END) IS NULL AND " + column + " IS NOT NULL", text
	case "regtype", "regproc", "regprocedure", "regoper", "regoperator", "regrole", "regnamespace", "regcollation":
		return column + " !~ '^([0-9]+|-)$' AND to_" + is.base + "(" + column + ") IS NULL", text
	case "regconfig", "regdictionary":
		catalog, prefix := "pg_ts_config", "cfg"
		if is.base == "regdictionary" {
			catalog, prefix = "pg_ts_dict", "dict"
		}
		return column + " !~ '^([0-9]+|-)$' AND NOT EXISTS (SELECT FROM " + catalog + " o JOIN pg_namespace n ON n.oid = o." + prefix + "namespace" +
			" WHERE " + column + " IN (o.oid::" + is.base + "::text, quote_ident(n.nspname) || '.' || quote_ident(o." + prefix + "name)))", text
	}
	return "", ""
}

// uncut is the type that a value is converted to on its way to another: where that has a length, one without it, since a cast
// that is written out cuts what is longer, while the engine's own, at the end, refuses it.
func uncut(after string) string {
	is := partsOfType(after)
	if families[is.base] != "text" || is.modifiers == nil {
		return after
	}
	return "text" + strings.Repeat("[]", strings.Count(after, "[]"))
}

// misfits counts the values that have no place in the new type of a column.
func (h *hazardList) misfits(o *hclschema.Object, live, before, after string) {
	if condition, text := misfit(live, before, after); condition != "" {
		h.add(drivers.Violates, o, "has no place for a value that "+text, h.where(condition), "Correct these values first.", "Choose a type that holds them.", handWritten)
	}
}

// tries has the engine convert the values of a column, where it alone can tell whether each becomes one of the new type. Types of
// people's own are left to the proof when they change themselves, since the live database knows them as they were.
func (h *hazardList) tries(o *hclschema.Object, live, before, after string) {
	if condition, _ := misfit(live, before, after); condition != "" || always(before, after) || h.own(before) || h.own(after) {
		return
	}
	h.add(drivers.Violates, o, "needs values that can be converted to "+after, "", "Correct these values first.", "Choose a type that holds them.", handWritten)
	last := &h.list[len(h.list)-1]
	last.TrySQL = "SELECT count(" + conversion(live, before, after) + ") FROM " + h.source
	if condition := invalid(live, before, after); condition != "" {
		last.ExactSQL = h.where(condition)
	}
	last.EachSQL, last.EachCountSQL = h.each(live, before, after)
}

// each is a block that counts the values of a column that can't be converted, each in a transaction of its own within that of the block,
// and the query for what it has found. It makes nothing, so that it also runs where nothing may be written.
func (h *hazardList) each(live, before, after string) (block, count string) {
	const setting = "duo_orm.unfit"
	body := strings.Join([]string{
		"#variable_conflict use_column",
		"DECLARE",
		"  value record;",
		"  unfit bigint := 0;",
		"  until CONSTANT timestamptz := clock_timestamp() + interval '" + longestCount + "';",
		"BEGIN",
		"  FOR value IN SELECT " + live + " AS it FROM " + h.source + " WHERE " + live + " IS NOT NULL LOOP",
		"    BEGIN",
		"      PERFORM " + conversion("value.it", before, after) + ";",
		"    EXCEPTION WHEN data_exception OR check_violation THEN",
		"      unfit := unfit + 1;",
		"    END;",
		"    EXIT WHEN clock_timestamp() > until;",
		"  END LOOP;",
		"  PERFORM set_config('" + setting + "', unfit || ' ' || (clock_timestamp() <= until), false);",
		"END",
	}, "\n")
	literal, err := quoting.Literal(body)
	if err != nil {
		return "", ""
	}
	return "DO " + literal, "SELECT split_part(found, ' ', 1)::bigint, split_part(found, ' ', 2)::boolean FROM current_setting('" + setting + "') AS found"
}

// longestCount is how long values are converted one by one.
const longestCount = "30 seconds"

// invalid is the condition for a text that is no value of another type, or for a list with such a text, as servers from version 16 on
// tell it without an error; empty for other values.
func invalid(column, before, after string) string {
	was, is := partsOfType(before), partsOfType(after)
	switch {
	case families[was.base] != "text":
		return ""
	case was.array && is.array:
		return within(column, invalid(listElement, element(before), element(after)))
	case was.array || is.array:
		return ""
	}
	name, err := quoting.Literal(after)
	if err != nil {
		return ""
	}
	return "NOT pg_catalog.pg_input_is_valid(" + column + "::text, " + name + ")"
}

// always says that each value of one type can be converted to another.
func always(before, after string) bool {
	from, to := family(partsOfType(before)), family(partsOfType(after))
	return to == "text" || from == to && (to == "time" || to == "clock" || to == "bits" || to == "number")
}

// Unfit implements drivers.ValueJudge: data exceptions, and checks of domains.
func (Driver) Unfit(err error) (reason string, unfit bool) {
	state := sqlState(err)
	return message(err), strings.HasPrefix(state, "22") || state == "23514"
}

// own says that a type isn't the engine's, and another one after the plan than before.
func (h *hazardList) own(typeText string) bool {
	id := tableIdentity(strings.TrimRight(typeText, "[]"))
	for _, kind := range []string{hclschema.KindEnum, hclschema.KindDomain, hclschema.KindComposite, hclschema.KindRange, hclschema.KindTable} {
		id.Kind = kind
		if h.Start == nil || h.End == nil {
			return false
		}
		if h.Start(id) != nil || h.End(id) != nil {
			return kind != hclschema.KindEnum || h.Start(id) == nil || h.End(id) == nil || len(h.Start(id).Properties.Changed(h.End(id).Properties)) > 0
		}
	}
	return false
}

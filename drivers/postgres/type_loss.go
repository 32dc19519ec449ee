package postgres

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// loss is the condition for which a value of one type is another one after it was converted to a type and back: digits behind the
// point, the time of a day, trailing blanks. It is empty where no value can be, or where only the engine can tell whether a
// value can be converted at all.
func loss(column, before, after string) string {
	was, is := partsOfType(before), partsOfType(after)
	fits := ""
	if was.array && is.array {
		value, from := elementOf(before, after)
		return within(column, loss(value, from, element(after)))
	}
	switch {
	case was.array != is.array:
		return ""
	case families[was.base] == "text":
		if condition := textLoss(column, is); condition != "" {
			return condition
		}
	}
	switch {
	case !canLose(was, is):
		return ""
	case isClock(is) && families[was.base] == "time":
		return column + " IS NOT NULL" // nothing brings a day back
	default:
		misfits, _ := misfit(column, before, after)
		if misfits != "" {
			fits = "NOT (" + misfits + ")"
		}
	}
	there := conversion(column, before, after)
	if uncut(after) != after {
		there = "(" + there + ")::" + after
	}
	changed := restoring("("+there+")", after, before) + " IS DISTINCT FROM " + column
	if fits == "" {
		return changed
	}
	// the order of conditions is the engine's, but that of a CASE
	return "CASE WHEN " + fits + " THEN " + changed + " ELSE false END"
}

// textLoss is for texts that say more than a value of another type: digits behind the point, or the time of a day.
func textLoss(column string, is typeParts) string {
	switch {
	case is.base == "numeric" && len(is.modifiers) > 0:
		misfits, _ := unreadable(column, is)
		scale := "0"
		if len(is.modifiers) > 1 {
			scale = strconv.Itoa(is.modifiers[1])
		}
		return "CASE WHEN " + misfits + " THEN false ELSE round(" + column + "::numeric, " + scale + ") <> " + column + "::numeric END"
	case is.base == "date":
		return column + ` ~ '[0-9]:[0-9]' AND ` + column + ` !~ '[ T]0?0:00(:00(\.0*)?)?([^0-9:.]|$)'`
	}
	return ""
}

func isClock(p typeParts) bool { return families[p.base] == "clock" }

// isInterval is also for an interval of some fields: interval hour to minute.
func isInterval(p typeParts) bool {
	return p.base == "interval" || strings.HasPrefix(p.base, "interval ")
}

// canLose says that the values of one type have parts that another has no place for.
func canLose(was, is typeParts) bool {
	from, to := families[was.base], families[is.base]
	// A time with a time zone has its digits in its middle.
	digits := func(p typeParts) int {
		if len(p.modifiers) == 0 {
			return 6
		}
		return p.modifiers[0]
	}
	switch {
	case from == "number" && to == "number":
		return losesDigits(was, is)
	case from == "number" && is.base == "money", was.base == "money" && to == "number":
		return was.base == "numeric" || is.base == "smallint" || is.base == "integer" || is.base == "bigint"
	case from == "number" && to == "boolean":
		return true
	case from == "time" && to == "time":
		return is.base == "date" && was.base != "date" || was.base != "date" && (was.base != is.base || digits(is) < digits(was))
	case from == "clock" && to == "clock":
		return digits(is) < digits(was) || was.base == "time with time zone" && is.base != was.base
	case from == "time" && to == "clock":
		return true
	case isInterval(was) && isInterval(is):
		return (is.base != "interval" || is.modifiers != nil) && (was.base != is.base || digits(is) < digits(was))
	case isInterval(was) && to == "clock":
		return true
	case from == "text" && is.base == "character":
		return was.base != "character"
	case from == "bits" && to == "bits":
		return is.base == "bit" && was.base != "bit"
	}
	return false
}

// losesDigits is canLose for numbers.
func losesDigits(was, is typeParts) bool {
	whole := func(p typeParts) bool { return p.base == "smallint" || p.base == "integer" || p.base == "bigint" }
	floats := func(p typeParts) bool { return p.base == "real" || p.base == "double precision" }
	scale := func(p typeParts) int { // behind the point
		switch {
		case whole(p), len(p.modifiers) == 1:
			return 0
		case len(p.modifiers) == 2:
			return p.modifiers[1]
		}
		return 1 << 20
	}
	switch {
	case whole(is), is.base == "numeric":
		return scale(is) < scale(was) || floats(was)
	case is.base == "real":
		return was.base != "real" && was.base != "smallint"
	}
	return was.base == "numeric" || was.base == "bigint"
}

// lostPart says what of a column's values is lost.
func lostPart(column hclschema.Identity, after string) string {
	return "part of the values of " + column.Path() + ", for which " + after + " has no place"
}

// losses counts the values that the way back doesn't bring again, or otherwise than they were written.
func (h *hazardList) losses(o *hclschema.Object, live, before, after string) {
	otherwise := rewritten(live, before, after)
	if condition := loss(live, before, after); condition != "" {
		h.add(drivers.Loses, o, lostPart(o.Identity, after), h.where(condition))
		otherwise = "(" + otherwise + ") AND NOT COALESCE(" + condition + ", false)"
		if families[partsOfType(before).base] != "text" {
			return
		}
	}
	if h.own(before) || h.own(after) {
		return
	}
	h.add(drivers.Loses, o, "the exact form of values of "+o.Identity.Path()+", which "+after+" doesn't keep", h.where(otherwise))
	h.list[len(h.list)-1].IfAgainst = true
}

// rewritten is the condition for which a value comes back from another type as another one, or written in another way: 007, which
// was a number in between. It fails at a value that can't be converted.
func rewritten(column, before, after string) string {
	back := "(" + restoring("(("+conversion(column, before, after)+")::"+after+")", after, before) + ")"
	switch families[partsOfType(before).base] {
	case "number", "time", "clock", "boolean", "uuid", "bytea", "money", "bits", "address":
		return back + " IS DISTINCT FROM " + column
	}
	return back + "::text IS DISTINCT FROM " + column + "::text"
}

// converted is a value as it will be of another type, NULL where it has no place in that; not ok where a value could be an error.
func converted(column, before, after string) (expr string, ok bool) {
	was, is := partsOfType(before), partsOfType(after)
	if was.array || is.array {
		return "", false
	}
	from, to := families[was.base], families[is.base]
	text := from == "text"
	switch {
	case before == after:
		return column, true
	case from == "" && !isInterval(was), to == "" && !isInterval(is):
		return "", false
	case to == "text", from == to, isInterval(was) && (isInterval(is) || to == "clock"), from == "time" && to == "clock",
		from == "number" && to == "boolean", from == "boolean" && is.base == "integer", text && to == "boolean", text && is.base == "uuid", text && to == "number":
	default:
		return "", false
	}
	if from == "json" || from == "address" { // some of them are an error of the other type
		return "", false
	}
	value := conversion(column, before, after)
	if misfits, _ := misfit(column, before, after); misfits != "" {
		return "CASE WHEN NOT (" + misfits + ") THEN " + value + " END", true
	}
	return value, true
}

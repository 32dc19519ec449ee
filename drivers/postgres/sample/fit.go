package sample

import (
	"encoding/json"
	"math"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	uuidText     = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	intervalText = regexp.MustCompile(`^-?\d+ ?(years?|mons?|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|secs?)$|^-?\d\d:\d\d(:\d\d(\.\d+)?)?$`)
	bitText      = regexp.MustCompile(`^[01]*$`)
	bytesText    = regexp.MustCompile(`^\\x([0-9a-fA-F]{2})*$`)
	labelPath    = regexp.MustCompile(`^([A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)?$`)
	macText      = regexp.MustCompile(`^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}((:[0-9a-fA-F]{2}){2})?$`)
	pairText     = regexp.MustCompile(`^\(-?[\d.]+,-?[\d.]+\)$`)
)

var (
	timeLayouts = []string{"15:04", "15:04:05", "15:04:05-07", "15:04:05.999999"}
	dayLayouts  = []string{"2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02 15:04:05-07", "2006-01-02 15:04:05-07:00", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05.999999-07"}
)

// fits says that the engine takes a text for the type. It may say no too often, never yes.
func (k kind) fits(text string) bool {
	switch k.form {
	case enumForm:
		return slices.Contains(k.labels, text)
	case baseForm:
		return k.fitsBase(text)
	case arrayForm:
		elements, ok := elementsOf(text)
		return ok && !slices.ContainsFunc(elements, func(element string) bool { return !k.of[0].fits(element) }) || k.own(text)
	case unknownForm:
		return false
	}
	return k.own(text)
}

// elementsOf are the elements of an array as array writes it, with commas between them.
func elementsOf(text string) (elements []string, ok bool) {
	inner, ok := strings.CutPrefix(text, "{")
	if !ok || !strings.HasSuffix(inner, "}") {
		return nil, false
	}
	for inner = strings.TrimSuffix(inner, "}"); inner != ""; {
		if inner[0] != '"' {
			return nil, false
		}
		var element strings.Builder
		end := 1
		for ; end < len(inner) && inner[end] != '"'; end++ {
			if inner[end] == '\\' && end+1 < len(inner) {
				end++
			}
			element.WriteByte(inner[end])
		}
		if end >= len(inner) {
			return nil, false
		}
		elements = append(elements, element.String())
		if inner = inner[end+1:]; inner != "" {
			if inner, ok = strings.CutPrefix(inner, ","); !ok || inner == "" {
				return nil, false
			}
		}
	}
	return elements, true
}

// own says that a text has the look of the plain values of a type that is made of others: of their text nothing else is known.
func (k kind) own(text string) bool {
	for n := range 3 {
		for position := range 4 {
			if plain, ok := k.plain(position, n); ok && plain == text {
				return true
			}
		}
	}
	return slices.Contains(k.others(), text)
}

func (k kind) fitsBase(text string) bool {
	if low, high, ok := k.whole(); ok {
		n, err := strconv.ParseInt(text, 10, 64)
		return err == nil && n >= low && n <= high
	}
	switch k.name {
	case "numeric", "money", "real", "double precision":
		return k.fitsNumber(text)
	case "regclass":
		return slices.Contains(relations, text)
	case "boolean":
		return slices.Contains([]string{"true", "false", "t", "f", "1", "0", "yes", "no", "on", "off", "y", "n"}, strings.ToLower(text))
	case "text", "character varying", "citext", "refcursor", "character":
		size := k.textSize()
		return utf8.ValidString(text) && !strings.Contains(text, "\x00") && (size == 0 || utf8.RuneCountInString(text) <= size)
	case "name", `"char"`:
		return utf8.ValidString(text) && len(text) <= k.textSize()
	case "bytea":
		return bytesText.MatchString(text)
	case "date", "timestamp without time zone", "timestamp with time zone":
		return parses(text, dayLayouts)
	case "time without time zone", "time with time zone":
		return parses(text, timeLayouts)
	case "interval":
		return intervalText.MatchString(text)
	case "uuid":
		return uuidText.MatchString(text)
	case "json", "jsonb":
		return json.Valid([]byte(text)) && !strings.Contains(text, `\u0000`)
	case "inet", "cidr":
		return fitsNetwork(text, k.name == "cidr")
	case "macaddr":
		return macText.MatchString(text) && len(text) == 17
	case "macaddr8":
		return macText.MatchString(text)
	case "bit":
		return bitText.MatchString(text) && len(text) == k.size(0, 1)
	case "bit varying":
		return bitText.MatchString(text) && len(text) <= k.size(0, math.MaxInt)
	case "ltree":
		return labelPath.MatchString(text)
	case "point":
		return pairText.MatchString(text)
	case "xml":
		return slices.Contains([]string{"<a/>", "<a><b>1</b></a>", "a"}, text) || k.likePlain(text)
	case "hstore":
		return slices.Contains([]string{"", `"a"=>"b"`, `"a"=>NULL`}, text) || k.likePlain(text)
	}
	return k.likePlain(text)
}

// likePlain says that a text is among the first plain values.
func (k kind) likePlain(text string) bool {
	for n := range 3 {
		for position := range 12 {
			if k.plainBase(position, n) == text {
				return true
			}
		}
	}
	return false
}

func (k kind) fitsNumber(text string) bool {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) || strings.ContainsAny(text, "xXpP_") {
		return false
	}
	switch k.name {
	case "real":
		return math.Abs(value) < 1e37
	case "money":
		return math.Abs(value) < 9e16
	}
	if k.name != "numeric" || len(k.sizes) == 0 {
		return true
	}
	// What the engine would round is another value, and so doesn't fit.
	precision, scale := k.size(0, 1), k.size(1, 0)
	if math.Abs(value) >= math.Pow10(precision-scale) {
		return false
	}
	_, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	if scale >= 0 {
		return len(fraction) <= scale && !strings.ContainsAny(text, "eE")
	}
	return fraction == "" && math.Mod(value, math.Pow10(-scale)) == 0
}

func fitsNetwork(text string, whole bool) bool {
	if _, err := netip.ParseAddr(text); err == nil {
		return !strings.Contains(text, "%")
	}
	prefix, err := netip.ParsePrefix(text)
	return err == nil && (!whole || prefix == prefix.Masked())
}

func parses(text string, layouts []string) bool {
	_, ok := moment(text, layouts)
	return ok
}

func moment(text string, layouts []string) (time.Time, bool) {
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

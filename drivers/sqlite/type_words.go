package sqlite

import (
	"fmt"
	"sort"
	"strings"
)

// portableTypes are the words that mean the same on every engine and something else to SQLite.
var portableTypes = map[string]string{
	"uuid": "text", "json": "text", "bytes": "blob", "bool": "boolean", "float": "real", "double": "real",
	"timestamptz": "timestamp",
}

// spacedTypes are the types of several words, as models write them and as SQLite is told them; Atlas takes them so too.
var spacedTypes = map[string]string{
	"unsigned_big_int": "unsigned big int", "double_precision": "double precision", "varying_character": "varying character",
	"character_varying": "character varying", "native_character": "native character",
}

// strictTypes maps every known word to one of the six types of STRICT tables. decimal is text there: real would lose digits.
var strictTypes = strictTable(map[string]string{
	"int":     "int",
	"any":     "any",
	"integer": "tinyint smallint integer mediumint bigint int2 int4 int8 uint uint64 unsigned_big_int boolean bool year bit",
	"real":    "real float float4 float8 double double_precision",
	"blob":    "blob bytes binary varbinary tinyblob mediumblob longblob",
	"text": `text varchar varchar2 nvarchar nvarchar2 char nchar character varying_character character_varying native_character
		clob nclob tinytext mediumtext longtext ntext decimal numeric number money smallmoney dec fixed
		date time datetime datetime2 timestamp timestamptz timetz datetimeoffset smalldatetime json jsonb uuid`,
})

func strictTable(words map[string]string) map[string]string {
	table := map[string]string{}
	for to, from := range words {
		for _, word := range strings.Fields(from) {
			table[word] = to
		}
	}
	return table
}

// knownType says whether models may use the folded word without sql("…").
func knownType(word string) bool { return strictTypes[word] != "" }

// integerWord says whether the word is one of the integer types, any of which auto_increment makes INTEGER.
func integerWord(word string) bool {
	return word == "int" || strictTypes[word] == "integer" && word != "boolean" && word != "bool"
}

// otherWords are words of other engines and languages, with what says the same here.
var otherWords = map[string]string{
	"string": "text", "str": "text", "xml": "text", "enum": "text", "citext": "text", "guid": "uuid", "uniqueidentifier": "uuid",
	"long": "bigint", "byte": "smallint", "bytea": "bytes", "image": "bytes", "serial": "int", "smallserial": "int", "bigserial": "bigint",
}

// unknownType is the error for a word that is no type, with the type that may have been meant.
func unknownType(word string) error {
	near := otherWords[fold(word)]
	if near == "" {
		near = nearestType(fold(word))
	}
	if near != "" {
		return fmt.Errorf("unknown type %q: did you mean %q? Write sql(%q) for a type of your own", word, near, word)
	}
	return fmt.Errorf("unknown type %q: write sql(%q) for a type of your own", word, word)
}

// nearestType is the known word with the fewest letters changed, the first in the alphabet among equals; empty where none
// is near.
func nearestType(word string) string {
	words := make([]string, 0, len(strictTypes))
	for known := range strictTypes {
		words = append(words, known)
	}
	sort.Strings(words)
	best, fewest := "", len(word)/3+1
	for _, known := range words {
		if d := distance(word, known, fewest); d <= fewest && (best == "" || d < fewest) {
			best, fewest = known, d
		}
	}
	return best
}

// distance is the number of letters to change, add, take away or swap with their neighbour; anything above most where it is more.
func distance(a, b string, most int) int {
	if len(a) > len(b)+most || len(b) > len(a)+most {
		return most + 1
	}
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	var twoBefore []int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		twoBefore, before, row = before, row, make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(before[j]+1, row[j-1]+1, before[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], twoBefore[j-2]+1)
			}
		}
	}
	return row[len(b)]
}

package postgres

import (
	"strings"
	"testing"

	"github.com/duo-orm/duo-orm/hclschema"
)

// What models write becomes what format_type() prints, and the way back leads to the same text.
func TestTypes(t *testing.T) {
	for written, want := range map[string]string{
		"int": "integer", "int4": "integer", "INT8": "bigint", "smallint": "smallint", "bool": "boolean", "float": "double precision",
		"float(24)": "real", "float(25)": "double precision", "double": "double precision", "double_precision": "double precision",
		"varchar": "character varying", "varchar(255)": "character varying(255)", "character_varying(20)": "character varying(20)",
		"char": "character(1)", "char(4)": "character(4)", "character": "character(1)", "bpchar": "bpchar", "bit": "bit(1)", "bit(8)": "bit(8)",
		"bit_varying(8)": "bit varying(8)", "varbit": "bit varying", "decimal": "numeric", "decimal(10,2)": "numeric(10,2)",
		"numeric(5)": "numeric(5,0)", "timestamp": "timestamp without time zone", "timestamptz(3)": "timestamp(3) with time zone",
		"timestamp_with_time_zone(3)": "timestamp(3) with time zone", "datetime": "timestamp without time zone", "time(9)": "time(6) without time zone",
		"timetz": "time with time zone", "date": "date", "interval": "interval", "interval(3)": "interval(3)", "day_to_second(3)": "interval day to second(3)",
		"year_to_month": "interval year to month", "second": "interval second", "bytes": "bytea", "json": "json", "uuid": "uuid",
		"serial": "serial", "serial8": "bigserial", "hstore": "hstore", "xid8": "xid8", "any": `"any"`, "regclass": "regclass",
	} {
		got, err := Driver{}.ParseType(wordOf(written), hclschema.TypeUse{})
		if err != nil || got.Canonical != want || got.Text != want {
			t.Errorf("%s: got %q, %v; want %q", written, got.Canonical, err, want)
			continue
		}
		back, err := Driver{}.ParseType(Driver{}.FormatType(want, hclschema.TypeUse{}), hclschema.TypeUse{})
		if err != nil || back.Canonical != want {
			t.Errorf("%s is written as %+v, which is %q, %v", want, Driver{}.FormatType(want, hclschema.TypeUse{}), back.Canonical, err)
		}
	}
}

// wordOf is a type as models write it.
func wordOf(text string) hclschema.Type {
	word, args, ok := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	if !ok {
		return hclschema.Type{Word: word}
	}
	return hclschema.Type{Word: word, Args: strings.Split(args, ",")}
}

func TestTypesInSQL(t *testing.T) {
	for written, want := range map[string]string{
		"int[]": "integer[]", "int ARRAY": "integer[]", "INT array[4]": "integer[]", "varchar(20)[ ]": "character varying(20)[]",
		"int[3][3]": "integer[]", "_int4": "integer[]", "pg_catalog.int4": "integer", "pg_catalog.bpchar": "bpchar", `"char"`: `"char"`,
		`pg_catalog."char"[]`: `"char"[]`, `"bit"`: `"bit"`, "public.status": "status", `public."Status"[]`: `"Status"[]`, "Status": "status",
		"sales.Status": "sales.status", `sales."odd ""name"""`: `sales."odd ""name"""`, "public.text": "public.text",
		"timestamp (3) with time zone": "timestamp(3) with time zone", "timestamp(3)  without time zone[]": "timestamp(3) without time zone[]",
		"national character varying(3)": "character varying(3)", "nchar(4)": "character(4)", "char varying (3)": "character varying(3)",
		"interval day to second (2)": "interval day to second(2)", "interval  year": "interval year", "numeric( 5 , -2 )": "numeric(5,-2)",
		"geometry(Point, 4326)": "geometry(Point,4326)", "double  precision": "double precision", "DEC(4)": "numeric(4,0)",
		"setof integer": "setof integer", "a.b.c": "a.b.c", "users.id%TYPE": "users.id%TYPE", "int)": "int)", " x y ": "x y",
	} {
		got, err := Driver{}.ParseType(hclschema.Type{SQL: written}, hclschema.TypeUse{})
		if err != nil || got.Canonical != want {
			t.Errorf("%s: got %q, %v; want %q", written, got.Canonical, err, want)
		}
		if again := canonicalType(got.Canonical); again != got.Canonical {
			t.Errorf("%s: %q is read again as %q", written, got.Canonical, again)
		}
	}
}

func TestUnknownTypes(t *testing.T) {
	for written, want := range map[string]string{
		"varchr(3)": "varchar", "string": "text", "intger": "integer", "tinyint": "smallint", "quux": "enum.quux", "int(4)": "takes no number",
		"varchar(x)": "no number", "varchar(0)": "no number", "numeric(1,2,3)": "at most 2", "year(3)": "unknown type",
	} {
		if got, err := (Driver{}).ParseType(wordOf(written), hclschema.TypeUse{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q, %v; want an error with %q", written, got.Canonical, err, want)
		}
	}
}

func TestTypesOfArguments(t *testing.T) {
	for written, want := range map[string]string{
		"character varying(255)": "character varying", "character(3)": "character", "bpchar": "character", `"bit"[]`: "bit[]", "numeric(10,2)[]": "numeric[]",
		"timestamp(3) with time zone": "timestamp with time zone", "interval day to second(3)": "interval", "sales.status[]": "sales.status[]", `"char"`: `"char"`,
	} {
		if got := argumentType(written); got != want {
			t.Errorf("%s: got %q, want %q", written, got, want)
		}
	}
}

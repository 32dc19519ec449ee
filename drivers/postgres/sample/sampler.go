package sample

import (
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Sampler implements drivers.Sampler for PostgreSQL.
type Sampler struct{}

var _ drivers.Sampler = Sampler{}

func typeOf(form drivers.Typed) kind {
	return resolver{form.State, form.Renames}.resolve(form.Column.Properties.Text(hclschema.PropType), 0)
}

// Sample implements drivers.Sampler.
func (Sampler) Sample(forms ...drivers.Typed) drivers.Sample {
	var kinds []kind
	var sample drivers.Sample
	for _, form := range forms {
		k := typeOf(form)
		if _, ok := k.plain(0, 0); !ok {
			return drivers.Sample{Unknown: k.text}
		}
		sample.NotNull = sample.NotNull || k.notNull
		kinds = append([]kind{k}, kinds...) // the end is asked first
	}
	main, values := narrowest(kinds)
	sample.Plain = func(position, n int) any {
		if len(values) > 0 {
			return values[n%len(values)]
		}
		text, _ := main.plain(position, n)
		return text
	}
	sample.Suggest = main.suggest
	for _, k := range kinds {
		for _, text := range k.others() {
			sample.Others = append(sample.Others, text)
		}
	}
	return sample
}

// narrowest is the type of which the plain values are values of all the types. Where there is none, those are returned that
// all of them take, if any.
func narrowest(kinds []kind) (kind, []string) {
	var shared []string
	for i, k := range kinds {
		fit := true
		for _, n := range []int{0, 1, 2, 150} {
			text, _ := k.plain(3, n)
			fit = fit && fitsAll(kinds, i, text)
		}
		if fit {
			return k, nil
		}
		for _, text := range append(k.others(), "1", "0") {
			if k.fits(text) && fitsAll(kinds, i, text) {
				shared = append(shared, text)
			}
		}
	}
	return kinds[0], shared
}

// fitsAll leaves out the type that the value is made for.
func fitsAll(kinds []kind, but int, text string) bool {
	for i, k := range kinds {
		if i != but && !k.fits(text) {
			return false
		}
	}
	return true
}

// Typing implements drivers.Sampler.
func (Sampler) Typing(form drivers.Typed) drivers.Typing {
	k := typeOf(form)
	typing := drivers.Typing{Type: k.text}
	for _, check := range k.checks {
		typing.Checks = append(typing.Checks, withName(check, form.Column.Identity.Name))
	}
	return typing
}

// withName puts a column's name in the place of VALUE, of which a domain's check speaks.
func withName(check, name string) string {
	var b strings.Builder
	for i := 0; i < len(check); {
		c := check[i]
		switch {
		case c == '\'' || c == '"':
			end := i + 1
			for end < len(check) && check[end] != c {
				end++
			}
			end = min(end+1, len(check))
			b.WriteString(check[i:end])
			i = end
		case wordByte(c):
			end := i
			for end < len(check) && wordByte(check[end]) {
				end++
			}
			if word := check[i:end]; strings.EqualFold(word, "value") {
				b.WriteString(quoteName(name))
			} else {
				b.WriteString(word)
			}
			i = end
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

func wordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

func quoteName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func quotePath(id hclschema.Identity) string {
	if id.Schema != "" {
		return quoteName(id.Schema) + "." + quoteName(id.Name)
	}
	return quoteName(id.Name)
}

// Literal implements drivers.Sampler. Without a type the engine takes it for whatever stands on the other side.
func (Sampler) Literal(value any) string {
	if value == nil {
		return "NULL"
	}
	return literal(fmt.Sprint(value))
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// AsText implements drivers.Sampler.
func (Sampler) AsText(expr string) string { return "CAST(" + expr + " AS text)" }

// Together implements drivers.Sampler. What WITH inserts is one statement with the rest, and foreign keys that aren't
// deferred are looked at when a statement ends (PostgreSQL manual, "WITH Queries", 7.8.4).
func (Sampler) Together(inserts []string) string {
	var b strings.Builder
	for n, insert := range inserts[:len(inserts)-1] {
		if n == 0 {
			b.WriteString("WITH ")
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "rows%d AS (%s)", n, insert)
	}
	if len(inserts) > 1 {
		b.WriteByte('\n')
	}
	b.WriteString(inserts[len(inserts)-1])
	return b.String()
}

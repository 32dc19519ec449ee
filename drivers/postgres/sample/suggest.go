package sample

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// suggest makes values of numbers and texts that were found in a check.
func (k kind) suggest(numbers, texts []any) []any {
	b := &bag{kind: k, seen: map[string]bool{}}
	words := textsOf(texts)
	if k.textual() {
		b.add(words...)
		b.add(textsOf(numbers)...)
		return b.values
	}
	b.add(textsOf(numbers)...)
	b.add(words...)
	switch {
	case k.form == arrayForm:
		b.arrays(numbers, texts)
	case k.form == rangeForm:
		b.ranges(numbers, texts)
	case k.name == "bytea":
		for _, word := range words {
			b.add(`\x` + hex.EncodeToString([]byte(word)))
		}
	case k.name == "json" || k.name == "jsonb":
		b.documents(words)
	case k.name == "hstore":
		for _, word := range words {
			b.trust(quoted(word)+`=>"1"`, quoted(word)+"=>NULL")
		}
	case k.name == "date", strings.HasPrefix(k.name, "timestamp "):
		b.days(words)
	case k.name == "interval":
		for _, n := range textsOf(numbers) {
			b.add(n+" days", n+" hours", n+" secs")
		}
	}
	return b.values
}

func textsOf(values []any) []string {
	var texts []string
	for _, value := range values {
		switch v := value.(type) {
		case string:
			texts = append(texts, v)
		case int64:
			texts = append(texts, strconv.FormatInt(v, 10))
		case float64:
			if !math.IsInf(v, 0) && !math.IsNaN(v) {
				texts = append(texts, strconv.FormatFloat(v, 'f', -1, 64))
			}
		}
	}
	return texts
}

// bag collects values that fit, each once.
type bag struct {
	kind   kind
	seen   map[string]bool
	values []any
}

func (b *bag) add(texts ...string) {
	for _, text := range texts {
		if b.kind.fits(text) {
			b.trust(text)
		}
	}
}

func (b *bag) trust(texts ...string) {
	for _, text := range texts {
		if !b.seen[text] {
			b.seen[text] = true
			b.values = append(b.values, text)
		}
	}
}

// mostElements is how long an array a check may make us write.
const mostElements = 40

// arrays are those of what the elements may be, and of as many elements as there are numbers.
func (b *bag) arrays(numbers, texts []any) {
	element := b.kind.of[0]
	var all []string
	for _, value := range element.suggest(numbers, texts) {
		if text := value.(string); len(all) < mostElements {
			all = append(all, text)
			b.trust(b.kind.array(text))
		}
	}
	if len(all) > 1 {
		b.trust(b.kind.array(all[:2]...), b.kind.array(all...))
	}
	for _, number := range numbers {
		n, ok := number.(int64)
		if !ok || n < 1 || n > mostElements {
			continue
		}
		var elements []string
		for i := range int(n) {
			if text, ok := element.plain(0, i); ok {
				elements = append(elements, text)
			}
		}
		b.trust(b.kind.array(elements...))
	}
}

// ranges begin or end at what is suggested for the subtype.
func (b *bag) ranges(numbers, texts []any) {
	for _, value := range b.kind.of[0].suggest(numbers, texts) {
		text := quoted(value.(string))
		b.trust("["+text+","+text+"]", "["+text+",)")
	}
}

var keyText = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_ -]*$`)

// documents have what looks like a key as keys, one and all of them.
func (b *bag) documents(words []string) {
	var keys []string
	for _, word := range words {
		if keyText.MatchString(word) && len(keys) < mostElements {
			keys = append(keys, word)
		}
	}
	for _, leaf := range []string{`"a"`, "1", "true", "[]", "{}"} {
		whole := map[string]json.RawMessage{}
		for _, key := range keys {
			whole[key] = json.RawMessage(leaf)
			if one, err := json.Marshal(map[string]json.RawMessage{key: json.RawMessage(leaf)}); err == nil {
				b.add(string(one))
			}
		}
		if all, err := json.Marshal(whole); err == nil {
			b.add(string(all))
		}
	}
	for _, word := range words {
		if text, err := json.Marshal(word); err == nil {
			b.add(string(text))
		}
	}
}

// days are the neighbours of those that a check names.
func (b *bag) days(words []string) {
	for _, word := range words {
		at, ok := moment(word, dayLayouts)
		if !ok {
			continue
		}
		layout := "2006-01-02"
		if b.kind.name != "date" {
			layout = "2006-01-02 15:04:05"
		}
		for _, by := range []time.Duration{time.Second, time.Hour, 24 * time.Hour, 48 * time.Hour, -time.Second, -24 * time.Hour} {
			b.add(at.Add(by).Format(layout))
		}
	}
}

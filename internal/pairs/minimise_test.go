package pairs

import (
	"encoding/json"
	"reflect"
)

// minimise takes away from a pair whatever isn't needed for a fault to stay.
func minimise(p pair, still func(pair) bool) pair {
	for smaller := true; smaller; {
		smaller = false
		for n := 0; ; n++ {
			q, err := copied(p)
			if err != nil {
				return p
			}
			left := n
			if !reduce(reflect.ValueOf(&q).Elem(), &left) {
				break
			}
			if !reflect.DeepEqual(p, q) && still(q) {
				p, smaller = q, true
				n--
			}
		}
	}
	return p
}

func copied(p pair) (q pair, err error) {
	text, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(text, &q)
	}
	return q, err
}

// optional are the texts that may be empty.
var optional = map[string]bool{
	"Type": true, "Default": true, "Collate": true, "NotNullName": true, "NotNullConflict": true, "Conflict": true, "OnDelete": true,
	"OnUpdate": true, "Deferment": true, "Behind": true, "Timing": true,
}

// reduce makes the n-th of the possible reductions of a value: an element less, or a field at zero. It counts n down, and
// says whether there was such a one.
func reduce(v reflect.Value, n *int) bool {
	hit := func() bool { *n--; return *n < 0 }
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return false
		}
		return reduce(v.Elem(), n)
	case reflect.Slice:
		for i := range v.Len() {
			if hit() {
				v.Set(reflect.AppendSlice(v.Slice(0, i), v.Slice(i+1, v.Len())))
				return true
			}
		}
		for i := range v.Len() {
			if v.Index(i).Kind() != reflect.Slice && v.Index(i).Kind() != reflect.String && reduce(v.Index(i), n) {
				return true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.String && !optional[v.Type().Field(i).Name] {
				continue
			}
			if field := v.Field(i); field.Kind() == reflect.Pointer && !field.IsNil() && hit() {
				field.SetZero()
				return true
			}
			if reduce(v.Field(i), n) {
				return true
			}
		}
	case reflect.Bool, reflect.Int, reflect.String:
		if !v.IsZero() && hit() {
			v.SetZero()
			return true
		}
	}
	return false
}

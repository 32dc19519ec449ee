package postgres

import (
	"encoding/json"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// derivedDefaults is what is kept in Object.Derived of a schema: its default permissions, a list of keptDefaults in JSON.
const derivedDefaults = "default_privileges"

// keptDefaults are the default permissions of one sort in a schema.
type keptDefaults struct {
	For, MadeBy string
	Grants      []hclschema.Grant
}

func keptDefaultsOf(facts map[string]string) (kept []keptDefaults, err error) {
	if text := facts[derivedDefaults]; text != "" {
		err = json.Unmarshal([]byte(text), &kept)
	}
	return kept, err
}

// keepDefaults are the steps that give a new schema the default permissions that are known of it, before anything is made in it.
func keepDefaults(o *hclschema.Object, facts map[string]string) ([]drivers.Step, error) {
	kept, err := keptDefaultsOf(facts)
	if err != nil || o.Identity.Kind != hclschema.KindSchema {
		return nil, err
	}
	var steps []drivers.Step
	for _, k := range kept {
		more, err := defaultSteps(hclschema.DefaultPermission(k.For, o.Identity.Name, false, k.MadeBy), nil, k.Grants)
		if err != nil {
			return nil, err
		}
		steps = append(steps, more...)
	}
	return steps, nil
}

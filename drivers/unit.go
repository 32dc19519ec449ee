package drivers

import "github.com/duo-orm/duo-orm/hclschema"

// Units groups the objects of a state by unit, in the order of the units' own objects. A part whose unit isn't in the
// state is left out.
func Units(linker Linker, state *hclschema.State) []Unit {
	var units []Unit
	at := make(map[hclschema.Identity]int)
	for _, o := range state.Objects() {
		if key := state.Key(linker.Unit(o.Identity)); key == state.Key(o.Identity) {
			at[key] = len(units)
			units = append(units, Unit{o})
		}
	}
	for _, o := range state.Objects() {
		key := state.Key(linker.Unit(o.Identity))
		if i, ok := at[key]; ok && key != state.Key(o.Identity) {
			units[i] = append(units[i], o)
		}
	}
	return units
}

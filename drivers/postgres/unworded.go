package postgres

import (
	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// Unworded implements drivers.Worder. The major versions deparse differently: EXTRACT, TRIM and the like became words of their own
// with 14, columns of a lone table lost its name with 16. Names of NOT NULL constraints are kept from 18 on.
func (Driver) Unworded(unit drivers.Unit) drivers.Unit {
	rest := make(drivers.Unit, len(unit))
	for i, o := range unit {
		rest[i] = o.Clone()
		delete(rest[i].Properties, hclschema.PropNullName)
		rewordTexts(rest[i], func(hclschema.Spelled) hclschema.Spelled { return hclschema.Spelled{} })
	}
	return rest
}

var _ drivers.Worder = Driver{}

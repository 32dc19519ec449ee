package postgres

import "github.com/duo-orm/duo-orm/hclschema"

// Settle implements hclschema.Dialect.
func (Driver) Settle(state *hclschema.State) *hclschema.State { return state }

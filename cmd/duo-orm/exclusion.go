package main

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"github.com/duo-orm/duo-orm/hclschema"
)

// exclusion is the line of migrations.hcl that leaves these units alone, ready to be copied: exclude = ["a", "b"]. Where
// there are many, it names the first, since a pattern says it better.
func exclusion(units ...hclschema.Identity) string {
	if len(units) > 8 {
		units = units[:1]
	}
	var names []cty.Value
	seen := map[string]bool{}
	for _, id := range units {
		pattern := patternSigns.Replace(id.Name)
		if !seen[pattern] {
			names = append(names, cty.StringVal(pattern))
		}
		seen[pattern] = true
	}
	return "exclude = " + string(hclwrite.TokensForValue(cty.TupleVal(names)).Bytes())
}

// patternSigns keeps what has a meaning in patterns from having one.
var patternSigns = strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`)

package project

import (
	"fmt"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// readConfig is duo_orm_dir of the folder's duo-orm.hcl, nil where there is no such file.
func readConfig(folder string, lookup Lookup) (*string, error) {
	path := filepath.Join(folder, ConfigFile)
	content, err := readOptional(path)
	if content == nil || err != nil {
		return nil, err
	}
	f := parseConfig(ConfigFile, content, lookup)
	body := f.content(f.body(), &hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "duo_orm_dir"}}})
	dir := DefaultDir
	if attribute := body.Attributes["duo_orm_dir"]; attribute != nil {
		dir = f.text(attribute)
	}
	return &dir, f.err()
}

// configText is a new duo-orm.hcl.
func configText(dir string) []byte {
	return fmt.Appendf(nil, `# This file makes the folder a duo-orm project: commands find it from any folder below.

# Where the project's files lie, relative to this file.
duo_orm_dir = %s
`, literal(dir))
}

// literal is the text as a quoted string of HCL.
func literal(text string) string { return string(tokens(cty.StringVal(text))) }

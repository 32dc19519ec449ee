package hclschema

import "github.com/hashicorp/hcl/v2"

// What one model file, and all of them together, may ask for. Each is far above what people write and low enough that no
// file takes more than about a second and 256 MB to read or to refuse.
const (
	maxFileBytes = 16 << 20
	// maxTextErrors is how many lines with bad characters are told for one file.
	maxTextErrors = 20
)

func checkNesting(text []byte, name string) *hcl.Diagnostic { return nil }

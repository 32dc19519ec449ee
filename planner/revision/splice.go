package revision

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Splice puts steps in place of those of the numbers from to to (to not among them) of a revision file's block upgrade or downgrade. All else
// stays as it stands, with its comments.
func Splice(path string, content []byte, direction string, from, to int, steps []Step) ([]byte, error) {
	parsed, diagnostics := hclsyntax.ParseConfig(content, path, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	blocks := parsed.Body.(*hclsyntax.Body).Blocks
	at := slices.IndexFunc(blocks, func(b *hclsyntax.Block) bool { return b.Type == direction })
	if at < 0 {
		return nil, fmt.Errorf("%s has no block %s", path, direction)
	}
	there := blocks[at].Body.Blocks
	if from > to || to > len(there) {
		return nil, fmt.Errorf("%s has %d steps in its block %s, not %d", path, len(there), direction, to)
	}
	if from == to && len(steps) == 0 {
		return content, nil
	}
	w := &writer{}
	for i, step := range steps {
		if i > 0 {
			w.line("")
		}
		w.step(step)
	}
	text := strings.TrimRight(w.b.String(), "\n")
	begin, end := blocks[at].OpenBraceRange.End.Byte, 0
	switch {
	case from < to:
		begin, end = there[from].TypeRange.Start.Byte, there[to-1].CloseBraceRange.End.Byte
		if text == "" { // the line goes with it
			for end < len(content) && strings.ContainsRune(" \t\r", rune(content[end])) {
				end++
			}
			if end < len(content) && content[end] == '\n' {
				end++
			}
		}
	case from > 0:
		begin = there[from-1].CloseBraceRange.End.Byte
		end, text = begin, "\n\n"+text
	default:
		end, text = begin, "\n"+text+"\n"
	}
	return hclwrite.Format(slices.Concat(content[:begin], []byte(text), content[end:])), nil
}

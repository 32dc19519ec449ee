package postgres

import (
	"regexp"
	"slices"
	"strings"

	"github.com/duo-orm/duo-orm/hclschema"
)

var (
	// castLiteral finds a literal and the type that it is cast to.
	castLiteral = regexp.MustCompile(`'((?:[^']|'')*)'::((?:"(?:[^"]|"")*"|\w+)(?:\.(?:"(?:[^"]|"")*"|\w+))?)`)
	// pieceOfText finds literals, quoted names, words and casts.
	pieceOfText = regexp.MustCompile(`'(?:[^']|'')*'|::(?:"(?:[^"]|"")*"|\w+)(?:\.(?:"(?:[^"]|"")*"|\w+))?|"(?:[^"]|"")*"|[A-Za-z_]\w*`)
)

// labelsAsText compares enums as text where an expression names a label that the live enum doesn't have yet: the engine wouldn't
// read it, and no row has it.
func (h *hazardList) labelsAsText(expr string) string {
	enums := map[string]bool{}
	for _, m := range castLiteral.FindAllStringSubmatch(expr, -1) {
		id := tableIdentity(m[2])
		id.Kind = hclschema.KindEnum
		if h.Start == nil || h.Start(id) == nil {
			continue
		}
		if !slices.Contains(valuesOf(h.Start(id)), strings.ReplaceAll(m[1], "''", "'")) {
			enums[m[2]] = true
		}
	}
	if len(enums) == 0 {
		return expr
	}
	columns := map[string]string{}
	for name, column := range h.after.columns {
		typ := column.Properties.Text(hclschema.PropType)
		if enums[element(typ)] {
			as := "text" + strings.TrimPrefix(typ, element(typ))
			columns[quoting.QuoteName(name)], columns[newWriter().Name(name)] = as, as
		}
	}
	return pieceOfText.ReplaceAllStringFunc(expr, func(piece string) string {
		if cast, ok := strings.CutPrefix(piece, "::"); ok && enums[cast] {
			return "::text"
		}
		if typ := columns[piece]; typ != "" {
			return piece + "::" + typ
		}
		return piece
	})
}

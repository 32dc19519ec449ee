package hclschema

import (
	"bytes"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Format gives a model or revision file its canonical form, that in which Write writes: indented by two, equals signs of
// neighbouring lines aligned, at most one blank line in a row, line ends as LF. What the file says never changes, and
// formatting twice is formatting once. A file that isn't HCL comes back as it is, with the errors.
func Format(source []byte, filename string) ([]byte, hcl.Diagnostics) {
	if _, diags := parseSyntax(source, filename); diags.HasErrors() {
		return source, diags
	}
	clean := plainLines(source)
	formatted := clean
	for range 5 { // hclwrite comes to rest at the second round, at the latest, except on odd comments
		next := plainLines(squeeze(hclwrite.Format(formatted)))
		if bytes.Equal(next, formatted) {
			break
		}
		formatted = next
	}
	if !sameTokens(clean, formatted) {
		return source, nil
	}
	return formatted, nil
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// squeeze takes away blank lines at the beginning, at the end and after another one, outside of heredocs and comments.
func squeeze(source []byte) []byte {
	kept := protectedLines(source)
	lines := bytes.SplitAfter(source, []byte("\n"))
	var out []byte
	blank := true
	pending := false
	for i, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 && !kept[i+1] {
			pending = pending || !blank
			continue
		}
		if pending {
			out = append(out, '\n')
		}
		blank, pending = false, false
		out = append(out, line...)
	}
	if len(out) > 0 && out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	return out
}

// protectedLines are the numbers of lines whose blanks mean something: those in heredocs and long comments.
func protectedLines(source []byte) map[int]bool {
	tokens, _ := hclsyntax.LexConfig(source, "", hcl.InitialPos)
	lines := map[int]bool{}
	protect := func(from, to int) {
		for n := from; n <= to; n++ {
			lines[n] = true
		}
	}
	var open []int
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenOHeredoc:
			open = append(open, t.Range.Start.Line)
		case hclsyntax.TokenCHeredoc:
			if n := len(open); n > 0 {
				protect(open[n-1], t.Range.End.Line)
				open = open[:n-1]
			}
		case hclsyntax.TokenComment:
			if bytes.HasPrefix(t.Bytes, []byte("/*")) {
				protect(t.Range.Start.Line, t.Range.End.Line)
			}
		}
	}
	return lines
}

// sameTokens says whether two sources differ in nothing but spaces and blank lines.
func sameTokens(a, b []byte) bool {
	left, right := meaningfulTokens(a), meaningfulTokens(b)
	if len(left) != len(right) {
		return false
	}
	for i, t := range left {
		if t.Type != right[i].Type || !bytes.Equal(t.Bytes, right[i].Bytes) {
			return false
		}
	}
	return true
}

// meaningfulTokens are a source's tokens with one line end for several, and none at the beginning and the end.
func meaningfulTokens(source []byte) hclsyntax.Tokens {
	tokens, _ := hclsyntax.LexConfig(source, "", hcl.InitialPos)
	var kept hclsyntax.Tokens
	ended := true
	for _, t := range tokens {
		switch t.Type {
		case hclsyntax.TokenNewline:
			if ended {
				continue
			}
			ended = true
		case hclsyntax.TokenComment:
			ended = ended || bytes.HasSuffix(t.Bytes, []byte("\n"))
			t.Bytes = bytes.TrimRight(t.Bytes, "\n")
		case hclsyntax.TokenCHeredoc:
			t.Bytes = bytes.TrimSpace(t.Bytes)
			ended = false
		case hclsyntax.TokenEOF:
			continue
		default:
			ended = false
		}
		kept = append(kept, t)
	}
	for len(kept) > 0 && kept[len(kept)-1].Type == hclsyntax.TokenNewline {
		kept = kept[:len(kept)-1]
	}
	return kept
}

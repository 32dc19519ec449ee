package hclschema

import "github.com/hashicorp/hcl/v2"

// Quoted is a text as a quoted string of HCL that reads back exactly, whatever is in it.
func Quoted(text string) string { return quoteHCL(text) }

// Literal is a text, for an attribute that stands at the depth, as an indented heredoc where it survives that, else as a
// quoted string. Evaluate gives a heredoc's text with a final line break, a quoted one's without.
func Literal(text string, depth int) string {
	if survivesHeredoc(text) {
		return heredoc(text, depth)
	}
	return quoteHCL(text)
}

// CheckText says what keeps a file from being read as text: its size, bytes that aren't UTF-8, characters that show it as
// something else than it is. Revision files are checked by the same rules as models.
func CheckText(name string, content []byte) hcl.Diagnostics { return checkText(name, content) }

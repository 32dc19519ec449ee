package hclschema

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

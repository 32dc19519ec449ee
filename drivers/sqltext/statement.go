package sqltext

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNoStatement is returned for a text with nothing but comments and white space in it.
var ErrNoStatement = errors.New("there is no statement in the text; write one")

// SeveralError is returned for a text that holds more than one statement.
type SeveralError struct {
	// Second is the beginning of the second statement.
	Second string
	// End is where the first statement ends, behind its semicolon.
	End int
}

// Error implements error.
func (e *SeveralError) Error() string {
	return fmt.Sprintf("the text holds more than one statement, the second begins with %q; make each a step of its own", e.Second)
}

// mostExcerpt is how many characters of a text stand in a message.
const mostExcerpt = 40

// Excerpt is the beginning of a text in one line, for a message.
func Excerpt(text string) string { return shortened(text, mostExcerpt) }

// shortened is a text in one line of at most so many characters.
func shortened(text string, most int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}

package sqltext

import (
	"errors"
	"strings"
)

// Split cuts a text into statements: read returns a *SeveralError where a text holds more than one, and ErrNoStatement where it
// holds none. add is called for each, with the comments before it.
func Split(text string, read func(text string) error, add func(text string) error) error {
	for {
		err := read(text)
		var several *SeveralError
		switch {
		case errors.Is(err, ErrNoStatement):
			return nil
		case errors.As(err, &several) && several.End > 0:
			if err := add(text[:several.End]); err != nil {
				return err
			}
			text = text[several.End:]
		case err != nil:
			return err
		default:
			return add(text)
		}
	}
}

// mostWords is how many words of a statement name it, mostTitle how many characters.
const (
	mostWords = 7
	mostTitle = 72
)

// Title names a statement by the pieces that it begins with: those before a parenthesis, a text or a body.
func Title(pieces []string) string {
	var b strings.Builder
	words := 0
	for i, piece := range pieces {
		if strings.ContainsAny(piece[:1], "('$;=") && i > 0 || words == mostWords {
			break
		}
		if joined := piece == "." || i > 0 && pieces[i-1] == "."; i > 0 && !joined {
			b.WriteByte(' ')
		}
		if piece != "." {
			words++
		}
		b.WriteString(piece)
	}
	return shortened(b.String(), mostTitle)
}

// Plain is a statement without the semicolon and what stands behind it, and its pieces without white space and comments. next
// finds the end of the piece at a position, and says whether it is one of those.
func Plain(text string, next func(at int) (end int, blank bool)) (sql string, pieces []string) {
	var b strings.Builder
	length := 0
	for at := 0; at < len(text); {
		end, blank := next(at)
		part := text[at:end]
		if blank {
			part = blankLF(part, text[end:])
		}
		b.WriteString(part)
		if !blank && part != ";" {
			length = b.Len()
			pieces = append(pieces, part)
		}
		at = end
	}
	return b.String()[:length], pieces
}

// blankLF is white space or a comment with LF at line ends; rest is what stands behind it. Line ends in texts and bodies are
// theirs to keep.
func blankLF(piece, rest string) string {
	if strings.HasPrefix(rest, "\n") {
		piece = strings.TrimSuffix(piece, "\r")
	}
	return strings.ReplaceAll(piece, "\r\n", "\n")
}

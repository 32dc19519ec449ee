package hclschema

import "bytes"

// splitter cuts a file's text into its top-level blocks, since hcl's parser takes more time for one long text than for its
// parts. It knows brackets, strings, templates, heredocs and comments; what it isn't sure of, it leaves in one piece.
type splitter struct {
	text []byte
	pos  int
	// open are the brackets ({), quotes ("), heredocs (<) and template sequences ($) that aren't closed yet.
	open    []byte
	markers [][]byte
	unsure  bool
	// unclosed is where the first string opens that isn't closed in its line, -1 where all are; opened are where those open
	// that are being read.
	unclosed int
	opened   []int
}

// piece is a part of a text, from the byte start; line counts from 1.
type piece struct {
	text        []byte
	start, line int
	// unclosed is where in text the first string opens that isn't closed in its line, -1 where all are.
	unclosed int
}

// split cuts after lines that end outside of all brackets, so that each piece but the last has at least so many bytes.
// Comments and empty lines belong to the piece after them. The pieces are the whole text, in order; line is that of its
// start; a piece that isn't closed runs to the end.
func split(text []byte, line, least int) []piece {
	s := splitter{text: text, unclosed: -1}
	var pieces []piece
	start := 0
	cut := func(end int) {
		p := piece{text: text[start:end], start: start, line: line, unclosed: s.unclosed}
		if p.unclosed >= 0 {
			p.unclosed -= start
		}
		pieces = append(pieces, p)
		line += bytes.Count(p.text, []byte("\n"))
		start, s.unclosed = end, -1
	}
	for s.pos < len(text) && !s.unsure {
		if !s.item() {
			break
		}
		if s.pos < len(text) && s.pos-start >= least && !s.unsure {
			cut(s.pos)
		}
	}
	if s.unclosed < 0 && len(s.opened) > 0 {
		s.unclosed = s.opened[0]
	}
	cut(len(text))
	return pieces
}

// item goes to the start of the line after the next top-level block or attribute; false where the text ends before.
func (s *splitter) item() bool {
	something := false
	for s.pos < len(s.text) && !s.unsure {
		if inside := s.inside(); inside == '"' || inside == '<' {
			s.template(inside)
			continue
		}
		b := s.text[s.pos]
		if b == '\n' {
			s.pos++
			if something && len(s.open) == 0 {
				return true
			}
			continue
		}
		something = s.code(b) || something
	}
	return false
}

func (s *splitter) inside() byte {
	if len(s.open) == 0 {
		return 0
	}
	return s.open[len(s.open)-1]
}

// code takes one sign outside of strings; false for spaces and comments.
func (s *splitter) code(b byte) bool {
	rest := s.text[s.pos:]
	switch {
	case b == ' ' || b == '\t':
		s.pos++
		return false
	case b == '#' || bytes.HasPrefix(rest, []byte("//")):
		s.skipTo(rest, "\n", 0)
		return false
	case bytes.HasPrefix(rest, []byte("/*")):
		s.skipTo(rest[2:], "*/", 4)
		return false
	case b == '"':
		s.open = append(s.open, '"')
		s.opened = append(s.opened, s.pos)
	case b == '{' || b == '[' || b == '(':
		s.open = append(s.open, '{')
	case b == '}' || b == ']' || b == ')':
		if inside := s.inside(); inside != '{' && (inside != '$' || b != '}') {
			s.unsure = true
			return true
		}
		s.open = s.open[:len(s.open)-1]
	case bytes.HasPrefix(rest, []byte("<<")):
		return s.heredoc(rest)
	}
	s.pos++
	return true
}

// skipTo moves to the end mark, or over it where extra counts the bytes of both marks.
func (s *splitter) skipTo(rest []byte, end string, extra int) {
	i := bytes.Index(rest, []byte(end))
	if i < 0 {
		s.unsure = extra > 0
		s.pos = len(s.text)
		return
	}
	s.pos += i + extra
}

// heredoc opens <<WORD or <<-WORD with a line end after it.
func (s *splitter) heredoc(rest []byte) bool {
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		s.pos += 2
		return true
	}
	marker := bytes.TrimRight(bytes.TrimPrefix(rest[2:end], []byte("-")), "\r")
	if len(marker) == 0 || bytes.ContainsAny(marker, " \t\"'<>(){}[],.:;=!?&|+*/%$#") {
		s.pos += 2
		return true
	}
	s.open = append(s.open, '<')
	s.markers = append(s.markers, marker)
	s.pos += end + 1
	s.heredocEnd()
	return true
}

// heredocEnd closes the heredoc where the line that starts here is its marker. The line end stays for the code after it.
func (s *splitter) heredocEnd() {
	rest := s.text[s.pos:]
	end := bytes.IndexByte(rest, '\n')
	if end < 0 {
		end = len(rest)
	}
	if bytes.Equal(bytes.TrimSpace(rest[:end]), s.markers[len(s.markers)-1]) {
		s.pos += end
		s.open = s.open[:len(s.open)-1]
		s.markers = s.markers[:len(s.markers)-1]
	}
}

// template goes to the next sign of a string that means something.
func (s *splitter) template(inside byte) {
	i := bytes.IndexAny(s.text[s.pos:], "\\\"\n$%")
	if i < 0 {
		s.unsure, s.pos = true, len(s.text)
		return
	}
	s.pos += i
	rest := s.text[s.pos:]
	b := rest[0]
	s.pos++
	switch {
	case b == '\\' && inside == '"':
		s.pos = min(s.pos+1, len(s.text))
	case b == '"' && inside == '"':
		s.closeString()
	case b == '\n' && inside == '"':
		if s.unclosed < 0 {
			s.unclosed = s.opened[len(s.opened)-1]
		}
		s.closeString()
		s.pos--
	case b == '\n':
		s.heredocEnd()
	case b == '$' || b == '%':
		switch {
		case len(rest) > 2 && rest[1] == b && rest[2] == '{':
			s.pos += 2
		case len(rest) > 1 && rest[1] == '{':
			s.pos++
			s.open = append(s.open, '$')
		}
	}
}

func (s *splitter) closeString() {
	s.open = s.open[:len(s.open)-1]
	s.opened = s.opened[:len(s.opened)-1]
}

package hclschema

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
)

// Source is one model file.
type Source struct {
	// Name is what messages call the file, in general its path relative to the project.
	Name string
	// Bytes is its content as it lies on disk.
	Bytes []byte
}

// Files are the sources as ranges of diagnostics count them (without byte order mark, CRLF as LF), for hcl's diagnostic
// writer, which shows the lines that a message is about.
func Files(sources []Source) map[string]*hcl.File {
	files := make(map[string]*hcl.File, len(sources))
	for _, s := range sources {
		files[s.Name] = &hcl.File{Bytes: plainLines(s.Bytes)}
	}
	return files
}

// plainLines takes away what editors add without meaning: the byte order mark, and the CR of line ends.
func plainLines(content []byte) []byte {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(content, '\r') >= 0 {
		content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
	}
	return content
}

// checkText refuses content that is no text, or that shows as something else than it is.
func checkText(name string, content []byte) hcl.Diagnostics {
	if len(content) > maxFileBytes {
		return hcl.Diagnostics{failure(hcl.Range{Filename: name, Start: hcl.InitialPos, End: hcl.InitialPos}, "File too large",
			"%s has %d bytes; a model file may have %d. Split it: all files of the models folder are read as one.",
			name, len(content), maxFileBytes)}
	}
	if ascii(content) {
		return nil
	}
	var diags hcl.Diagnostics
	line, start := 1, 0
	for start <= len(content) {
		end := bytes.IndexByte(content[start:], '\n')
		if end < 0 {
			end = len(content) - start
		}
		if d := checkLine(name, line, start, content[start:start+end]); d != nil {
			diags = append(diags, d)
		}
		if len(diags) == maxTextErrors {
			break
		}
		line, start = line+1, start+end+1
	}
	return diags
}

// ascii tells that nothing in the content needs a closer look: no byte above 127 and no NUL.
func ascii(content []byte) bool {
	for _, b := range content {
		if b >= utf8.RuneSelf || b == 0 {
			return false
		}
	}
	return true
}

func checkLine(name string, line, offset int, text []byte) *hcl.Diagnostic {
	column := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		column++
		var summary, detail string
		switch {
		case r == utf8.RuneError && size == 1:
			summary, detail = "Not UTF-8", fmt.Sprintf("The byte 0x%02x is not valid UTF-8 here. Save the file with the encoding UTF-8.", text[i])
		case r == 0:
			summary, detail = "Not a text file", "There is a NUL byte here. Model files are text; remove it."
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			summary, detail = "Hidden control character", fmt.Sprintf(
				"U+%04X makes the text after it show in another order than it is read. Remove it, or write \\u%04X where a string needs it.", r, r)
		}
		if summary != "" {
			at := hcl.Pos{Line: line, Column: column, Byte: offset + i}
			return failure(hcl.Range{Filename: name, Start: at, End: hcl.Pos{Line: line, Column: column + 1, Byte: offset + i + size}}, summary, detail)
		}
		i += size
	}
	return nil
}

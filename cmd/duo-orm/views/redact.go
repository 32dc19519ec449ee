package views

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
)

// Redactor is a writer that hides secrets in all that passes. Each Write must hold whole lines. It is not safe for
// concurrent use.
type Redactor struct {
	out     io.Writer
	secrets *Secrets
}

// Hidden is what is written for a secret.
const Hidden = "***"

// Secrets are texts that must never be printed. Several redactors share one list.
type Secrets struct{ forms [][]byte }

// Add hides a secret from now on, in every form in which it could come back: as it is, escaped for a URL, for JSON and
// for Go. A secret of fewer than four characters, or one that is a common word (the user's name, the database's), is hidden
// only where a URL would hold it: elsewhere it can't be told from data, and results must stay as they are.
func (s *Secrets) Add(secret string, common ...string) {
	if secret == "" {
		return
	}
	encoded, err := json.Marshal(secret)
	forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), url.UserPassword("", secret).String()[1:]}
	if err == nil {
		forms = append(forms, strings.Trim(string(encoded), `"`))
	}
	for _, form := range forms {
		if len(secret) < 4 || slices.Contains(common, secret) {
			form = ":" + form + "@"
		}
		if !slices.ContainsFunc(s.forms, func(f []byte) bool { return string(f) == form }) {
			s.forms = append(s.forms, []byte(form))
		}
	}
	// The longest first: a form may be part of another.
	slices.SortFunc(s.forms, func(a, b []byte) int { return len(b) - len(a) })
}

// In says that a text would be changed on its way through a Redactor.
func (s *Secrets) In(text string) bool {
	return slices.ContainsFunc(s.forms, func(form []byte) bool { return bytes.Contains([]byte(text), form) })
}

// NewRedactor writes to out what is no secret.
func NewRedactor(out io.Writer, secrets *Secrets) *Redactor {
	return &Redactor{out: out, secrets: secrets}
}

// Write implements io.Writer.
func (r *Redactor) Write(p []byte) (int, error) {
	text := p
	for _, form := range r.secrets.forms {
		hidden := []byte(Hidden)
		if len(form) > 2 && form[0] == ':' && form[len(form)-1] == '@' {
			hidden = []byte(":" + Hidden + "@")
		}
		text = bytes.ReplaceAll(text, form, hidden)
	}
	if _, err := r.out.Write(text); err != nil {
		return 0, err
	}
	return len(p), nil
}

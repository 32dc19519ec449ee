package views

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Redactor is a writer that hides secrets in all that passes. Each Write must hold whole lines. It is as safe for concurrent
// use as what it writes to.
type Redactor struct {
	out     io.Writer
	secrets *Secrets
}

// Hidden is what is written for a secret.
const Hidden = "***"

// Secrets are texts that must never be printed. Several redactors share one list, and goroutines may.
type Secrets struct {
	turn sync.Mutex
	// forms are what is looked for, with what is written instead. hiding replaces them; nil once there are new ones.
	forms  map[string]string
	hiding *strings.Replacer
}

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
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.forms == nil {
		s.forms = map[string]string{}
	}
	for _, form := range forms {
		instead := Hidden
		if len(secret) < 4 || slices.Contains(common, secret) {
			form, instead = ":"+form+"@", ":"+Hidden+"@"
		}
		if _, known := s.forms[form]; !known {
			s.forms[form], s.hiding = instead, nil
		}
	}
}

// Hide is a text without secrets.
func (s *Secrets) Hide(text string) string {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.hiding == nil {
		// The longest first: a form may be part of another.
		forms := slices.SortedFunc(maps.Keys(s.forms), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
		pairs := make([]string, 0, 2*len(forms))
		for _, form := range forms {
			pairs = append(pairs, form, s.forms[form])
		}
		s.hiding = strings.NewReplacer(pairs...)
	}
	return s.hiding.Replace(text)
}

// In says that a text would be changed on its way through a Redactor.
func (s *Secrets) In(text string) bool { return s.Hide(text) != text }

// NewRedactor writes to out what is no secret.
func NewRedactor(out io.Writer, secrets *Secrets) *Redactor {
	return &Redactor{out: out, secrets: secrets}
}

// Write implements io.Writer.
func (r *Redactor) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.out, r.secrets.Hide(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

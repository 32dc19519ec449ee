package dburl

import (
	"fmt"
	"strings"
)

// URL is a database URL in its parts, percent-decoded: dialect+driver://user:password@host:port/database?name=value.
type URL struct {
	// Scheme is the dialect's part of the scheme in lower case; DriverPart what stands behind a plus sign.
	Scheme, DriverPart string
	User, Password     string
	// HasPassword tells an empty password from none.
	HasPassword bool
	Host, Port  string
	// Database is what stands behind the first slash after the host: "app.db" in sqlite:///app.db, "/srv/app.db" in
	// sqlite:////srv/app.db. A # or a : in it has no meaning.
	Database string
	// Parameters are in the order in which they were written.
	Parameters []Parameter
}

// Parameter is one name=value of a URL's query.
type Parameter struct{ Name, Value string }

// MalformedError says why a text is no database URL.
type MalformedError struct {
	// Shown is the text without its secrets.
	Shown string
	// Reason completes the sentence "… is no database URL: ".
	Reason string
	// Write says what a URL looks like or what to write instead, a sentence.
	Write string
}

// Error implements error.
func (e *MalformedError) Error() string {
	return fmt.Sprintf("%q is no database URL: %s. %s", e.Shown, e.Reason, e.Write)
}

// Parse takes a URL apart. Errors are *MalformedError and hold no secrets. An escape that isn't one (100%.db) stands for
// itself.
func Parse(text string) (URL, error) {
	fail := func(reason, write string) (URL, error) {
		return URL{}, &MalformedError{Shown: Redact(text), Reason: reason, Write: write}
	}
	const looks = "A URL looks like sqlite:///app.db or postgresql://user@host/name."
	switch {
	case text == "":
		return fail("it is empty", looks)
	case strings.TrimSpace(text) != text:
		return fail("it begins or ends with white space", "Take the space or line break away.")
	case strings.ContainsFunc(text, control):
		return fail("it holds a control character", "Write it as a percent escape, or take it away.")
	}
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		return fail("it has no ://", looks+wayOut(text))
	}
	if !schemeWord(scheme) {
		return fail("what stands before :// is no scheme", looks)
	}
	var u URL
	u.Scheme, u.DriverPart, _ = strings.Cut(strings.ToLower(scheme), "+")
	rest, query, hasQuery := cutQuery(rest)
	authority, database, _ := strings.Cut(rest, "/")
	if i := userEnd(rest); i >= 0 {
		u.User, u.Password, u.HasPassword = strings.Cut(rest[:i], ":")
		authority, database, _ = strings.Cut(rest[i+1:], "/")
	}
	u.User, u.Password, u.Database = Unescape(u.User), Unescape(u.Password), Unescape(database)
	if reason := u.setHost(authority); reason != "" {
		return fail(reason, "Characters of a user name or password that have a meaning in URLs are written as escapes: @ is %40, / is %2F, : is %3A, ? is %3F.")
	}
	if hasQuery {
		u.Parameters = parameters(query)
	}
	for _, part := range u.texts() {
		if strings.ContainsRune(part, 0) {
			return fail("it holds a NUL character (%00)", "No engine takes one; take it away.")
		}
	}
	return u, nil
}

// wayOut is the hint for somebody who gave a path, or forgot the slashes.
func wayOut(text string) string {
	scheme, path, found := strings.Cut(text, ":")
	switch {
	case !found && !strings.ContainsAny(text, "@= "):
		return " If it is the path of a SQLite database, write " + FileURL(text) + "."
	case found && strings.EqualFold(scheme, "sqlite") && !strings.ContainsAny(path, "@:"):
		return " Write " + FileURL(strings.TrimPrefix(path, "//")) + "."
	}
	return ""
}

// FileURL is the sqlite URL of a path.
func FileURL(path string) string { return "sqlite:///" + Escape(path) }

// userEnd is the place of the @ behind user and password, -1 where there is none. As in SQLAlchemy a user name holds no
// slash, and a password may hold everything but an @.
func userEnd(rest string) int {
	at := strings.IndexByte(rest, '@')
	if at < 0 {
		return -1
	}
	slash, colon := strings.IndexByte(rest, '/'), strings.IndexByte(rest, ':')
	if slash >= 0 && slash < at && (colon < 0 || slash < colon) {
		return -1
	}
	return at
}

// cutQuery cuts at the ? that begins the query: the first one behind user and password.
func cutQuery(rest string) (before, query string, found bool) {
	skip := 0
	if at := userEnd(rest); at >= 0 {
		skip = at
	}
	i := strings.IndexByte(rest[skip:], '?')
	if i < 0 {
		return rest, "", false
	}
	return rest[:skip+i], rest[skip+i+1:], true
}

func (u *URL) setHost(authority string) (reason string) {
	if inner, found := strings.CutPrefix(authority, "["); found {
		host, after, closed := strings.Cut(inner, "]")
		if !closed || after != "" && after[0] != ':' {
			return "the IPv6 address in brackets doesn't end well"
		}
		u.Host, u.Port = host, strings.TrimPrefix(after, ":")
	} else {
		u.Host, u.Port, _ = strings.Cut(authority, ":")
	}
	u.Host = Unescape(u.Host)
	if !digits(u.Port) {
		return "the port is no number"
	}
	if strings.Contains(u.Host, "@") {
		return "there is an @ too many"
	}
	return ""
}

func parameters(query string) []Parameter {
	var list []Parameter
	for _, pair := range strings.Split(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		plus := func(s string) string { return Unescape(strings.ReplaceAll(s, "+", " ")) }
		list = append(list, Parameter{Name: plus(name), Value: plus(value)})
	}
	return list
}

func (u *URL) texts() []string {
	texts := []string{u.User, u.Password, u.Host, u.Database}
	for _, p := range u.Parameters {
		texts = append(texts, p.Name, p.Value)
	}
	return texts
}

func schemeWord(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9') && !strings.ContainsRune("+-._", r)) {
			return false
		}
	}
	return s != ""
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

func control(r rune) bool { return r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 }

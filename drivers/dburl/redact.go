package dburl

import (
	"regexp"
	"strings"
)

// Hidden stands where a secret was.
const Hidden = "***"

// harmless are the parameters whose values may be shown; every other value is hidden, since new names for passwords keep
// being invented.
var harmless = map[string]bool{
	"application_name": true, "cache": true, "charset": true, "client_encoding": true, "connect_timeout": true,
	"dbname": true, "host": true, "immutable": true, "mode": true, "port": true, "search_path": true, "sslmode": true,
	"target_session_attrs": true, "timeout": true, "tls": true, "user": true,
}

// secret are the usual names of passwords: they are shown, so that people see what was hidden.
var secret = map[string]bool{"key": true, "passwd": true, "password": true, "pwd": true, "sslpassword": true, "token": true}

var (
	// A colon or an @, as it is or escaped any number of times.
	anyColon = regexp.MustCompile(`:|%(25)*3[Aa]`)
	anyAt    = regexp.MustCompile(`@|%(25)*40`)
	// What looks like the beginning of a parameter, and a host with or without port, path and query.
	parameter = regexp.MustCompile(`[?&;#][^=]*=`)
	port      = regexp.MustCompile(`^(\[[0-9A-Fa-f:.%]*\]|[^:%/?]*)(:[0-9]{1,5})?(/[^?:%]*)?(\?.*)?$`)
)

// Redact shows a URL without its password and without the values of unknown parameters. It takes any text, whole URLs and
// broken ones, and rather hides too much: everything between the first colon behind the scheme and the last @, and in a
// text that has no readable host everything from that colon on. Control characters are left out.
func Redact(text string) string {
	text = strings.Map(func(r rune) rune {
		if control(r) {
			return -1
		}
		return r
	}, text)
	if i := strings.Index(text, "://"); i >= 0 && schemeWord(strings.TrimSpace(text[:i])) {
		return text[:i+3] + redactRest(text[i+3:], isFile(text[:i]))
	}
	return redactBare(text)
}

// isFile says that URLs of a scheme name a file, in which a colon is nothing special.
func isFile(scheme string) bool { return strings.HasPrefix(strings.ToLower(scheme), "sqlite") }

// redactRest takes what stands behind "scheme://".
func redactRest(rest string, file bool) string {
	colon := first(anyColon, rest)
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		slash, host := strings.IndexByte(rest[:at], '/'), redactQuery(rest[at:])
		if parameter.MatchString(rest[:at]) {
			host = "" // the @ may stand in a parameter's value
		}
		switch {
		case colon >= 0 && colon < at && (slash <= 0 || colon < slash):
			return redactQuery(rest[:colon]) + ":" + Hidden + host
		case slash > 0: // user/password@host
			return redactQuery(rest[:slash]) + "/" + Hidden + host
		}
		return redactQuery(rest)
	}
	if colon < 0 || file && strings.HasPrefix(rest, "/") && !anyAt.MatchString(rest) || port.MatchString(rest) {
		return redactQuery(rest)
	}
	return redactQuery(rest[:colon]) + ":" + Hidden
}

// redactBare takes a text that has no "scheme://": a path, a URL that lacks its slashes, key=value pairs.
func redactBare(text string) string {
	if strings.ContainsAny(text, "=;") {
		return Hidden
	}
	colon := first(anyColon, text)
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		end := max(0, strings.IndexByte(text[:at], '/'))
		if colon >= 0 && colon < at && (end == 0 || colon < end) {
			end = colon
		}
		return text[:end] + Hidden + text[at:]
	}
	if colon < 0 || strings.EqualFold(text[:colon], "sqlite") && first(anyColon, text[colon+1:]) < 0 {
		return text
	}
	return text[:colon] + ":" + Hidden
}

// redactQuery hides the values of parameters that aren't known to be harmless.
func redactQuery(s string) string {
	begin := strings.IndexByte(s, '?')
	if i := strings.IndexAny(s, "?&;#"); i >= 0 && strings.Contains(s[i:], "=") {
		begin = i
	}
	if begin < 0 {
		return s
	}
	pairs := strings.Split(s[begin+1:], "&")
	for i, pair := range pairs {
		name, value, hasValue := strings.Cut(pair, "=")
		word := strings.ToLower(name)
		switch {
		case pair == "", harmless[word] && !strings.ContainsAny(value, ";?#= @"):
		case hasValue && (harmless[word] || secret[word]):
			pairs[i] = name + "=" + Hidden
		default:
			pairs[i] = Hidden // the name may be the end of a password that holds a &
		}
	}
	return s[:begin+1] + strings.Join(pairs, "&")
}

func first(pattern *regexp.Regexp, s string) int {
	if at := pattern.FindStringIndex(s); at != nil {
		return at[0]
	}
	return -1
}

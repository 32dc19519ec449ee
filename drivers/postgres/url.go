package postgres

import (
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"

	"github.com/duo-orm/duo-orm/drivers/dburl"
)

// place is where a URL leads.
type place struct {
	// tried is the URL without secrets.
	tried string
	// config is what a session is opened with. It is copied for each.
	config *pgx.ConnConfig
	// searchPath is the URL's parameter of that name, empty where it has none.
	searchPath string
	// strict says that nobody chose how the connection is encrypted, so that the server must prove who it is.
	strict bool
}

// passed are the parameters that are handed on to pgx as they are; they mean what they mean to libpq. files are those of
// them that are paths, which start from the project's folder.
var (
	passed = []string{"application_name", "channel_binding", "connect_timeout", "options", "passfile", "service", "servicefile", "sslcert",
		"sslcertmode", "sslkey", "sslmode", "sslnegotiation", "sslpassword", "sslrootcert", "sslsni", "target_session_attrs"}
	files = []string{"passfile", "servicefile", "sslcert", "sslkey", "sslrootcert"}
)

// locate reads a URL by SQLAlchemy's rules: postgresql://user:password@host:port/database?name=value. What it leaves open
// is taken from libpq's environment variables, service and password file.
func locate(url, root string) (place, error) {
	u, err := dburl.Parse(url)
	if err != nil {
		return place{}, err
	}
	p := place{tried: dburl.Redact(url)}
	switch {
	case !slices.Contains(Driver{}.Schemes(), u.Scheme):
		return place{}, p.malformed("what it names is no PostgreSQL database", "A URL of a PostgreSQL database looks like postgresql://user@host/name.")
	case u.DriverPart != "":
		return place{}, p.malformed(fmt.Sprintf("it names the driver %q, but duo-orm brings its own", u.DriverPart), "Write postgresql:// at its beginning.")
	}
	s := settingsOf(u)
	if err := p.set(u, s, root); err != nil {
		return place{}, err
	}
	if p.config, err = s.parse(); err != nil {
		return place{}, p.badSettings(err)
	}
	if s.value["sslmode"] == "" && !harmlessNetwork(p.config) && undecided(p.config) {
		// libpq's default "prefer" would give the password to whoever answers.
		p.strict = true
		s.value["sslmode"] = "verify-full"
		if p.config, err = s.parse(); err != nil {
			return place{}, p.badSettings(err)
		}
	}
	return p, nil
}

// settings are libpq's keywords with their values.
type settings struct{ value map[string]string }

func settingsOf(u dburl.URL) settings {
	s := settings{value: map[string]string{"application_name": "duo-orm", "connect_timeout": "10"}}
	for name, value := range map[string]string{"user": u.User, "host": u.Host, "port": u.Port, "dbname": u.Database} {
		if value != "" {
			s.value[name] = value
		}
	}
	if u.HasPassword {
		s.value["password"] = u.Password
	}
	return s
}

// set takes the parameters of the URL.
func (p *place) set(u dburl.URL, s settings, root string) error {
	var hosts, ports []string
	seen := map[string]bool{}
	for _, parameter := range u.Parameters {
		name, value := parameter.Name, parameter.Value
		if seen[name] && name != "host" {
			return p.malformed(fmt.Sprintf("its parameter %s is there twice", name), "Take one away.")
		}
		seen[name] = true
		switch {
		case name == "host": // as in SQLAlchemy: a folder of sockets, or host:port, several times for several hosts
			if u.Host != "" {
				return p.malformed("it names a host twice", "Write it before the path or as ?host=, not both.")
			}
			host, port := value, u.Port
			if i := strings.LastIndexByte(value, ':'); i >= 0 && !strings.HasPrefix(value, "/") && strings.IndexByte(value, ':') == i {
				host, port = value[:i], value[i+1:]
			}
			hosts, ports = append(hosts, host), append(ports, port)
		case name == "search_path":
			p.searchPath = value
		case name == "user" || name == "port" || name == "dbname" || name == "password":
			if s.value[name] != "" {
				return p.malformed(fmt.Sprintf("it has the %s twice", name), "Take the parameter away.")
			}
			s.value[name] = value
		case slices.Contains(files, name) && value != "" && value != "system" && !filepath.IsAbs(value):
			s.value[name] = filepath.Join(root, filepath.FromSlash(value))
		case slices.Contains(passed, name):
			s.value[name] = value
		default:
			return p.malformed(fmt.Sprintf("duo-orm has no parameter %q for PostgreSQL", name), "It takes host, search_path, "+strings.Join(passed, ", ")+"; take this one away.")
		}
	}
	if len(hosts) > 0 {
		s.value["host"] = strings.Join(hosts, ",")
		if strings.Trim(strings.Join(ports, ""), " ") != "" {
			s.value["port"] = strings.Join(ports, ",")
		}
	}
	return nil
}

// parse has pgx read the settings in libpq's form, in which every value is quoted, so that none can become another setting.
func (s settings) parse() (*pgx.ConnConfig, error) {
	var b strings.Builder
	names := make([]string, 0, len(s.value))
	for name := range s.value {
		names = append(names, name)
	}
	slices.Sort(names)
	escape := strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	for _, name := range names {
		fmt.Fprintf(&b, "%s='%s' ", name, escape.Replace(s.value[name]))
	}
	config, err := pgx.ParseConfig(b.String())
	if err != nil {
		return nil, err
	}
	// The queries of an inspection are planned once in a session; planning takes longer than running them.
	config.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	config.StatementCacheCapacity, config.DescriptionCacheCapacity = mostPrepared, 0
	// An interrupted statement is cancelled in the server, and the session stays usable: for what has to be recorded.
	config.BuildContextWatcherHandler = func(conn *pgconn.PgConn) ctxwatch.Handler {
		return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, CancelRequestDelay: 0, DeadlineDelay: cancelWait}
	}
	return config, nil
}

// mostPrepared is how many statements stay prepared, more than an inspection has queries.
const mostPrepared = 128

// cancelWait is how long a cancelled statement may take to end before the connection is given up.
const cancelWait = 10 * time.Second

// badSettings is the error for settings that pgx doesn't take. Its own words may hold parts of the URL.
func (p place) badSettings(err error) error {
	reason, write := "its settings can't be used", "Check the parameters of the URL, PG… variables in the environment, and the service file."
	var path interface{ Unwrap() error }
	if errors.As(err, &path) && path.Unwrap() != nil {
		reason = "its settings can't be used: " + path.Unwrap().Error()
	}
	return p.malformed(reason, write)
}

// malformed is the error for a URL that leads to no PostgreSQL database.
func (p place) malformed(reason, write string) error {
	return &dburl.MalformedError{Shown: p.tried, Reason: reason, Write: write}
}

// where names the place for people.
func (p place) where() string {
	host := p.config.Host
	if strings.HasPrefix(host, "/") {
		host = "the socket in " + host
	}
	name := p.config.Database
	if name == "" {
		name = p.config.User
	}
	if p.config.Port != 5432 {
		host += fmt.Sprintf(":%d", p.config.Port)
	}
	return fmt.Sprintf("PostgreSQL database %s at %s", printable(name), printable(host))
}

// printable leaves a text as it is where a terminal shows it as such.
func printable(text string) string {
	if q := fmt.Sprintf("%q", text); q[1:len(q)-1] != text || strings.TrimSpace(text) != text {
		return q
	}
	return text
}

// in is the place of another database of the same server.
func (p place) in(database string) place {
	p.config = p.config.Copy()
	p.config.Database = database
	return p
}

// harmlessNetwork says that nothing leaves this machine: sockets and loopback addresses.
func harmlessNetwork(config *pgx.ConnConfig) bool {
	if !local(config.Host) {
		return false
	}
	for _, fallback := range config.Fallbacks {
		if !local(fallback.Host) {
			return false
		}
	}
	return true
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return strings.HasPrefix(host, "/") || strings.HasPrefix(host, "@") || filepath.IsAbs(host) || strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// undecided says that the settings came out as libpq's default "prefer": encrypted if the server likes, without looking
// who it is.
func undecided(config *pgx.ConnConfig) bool {
	plain := config.TLSConfig == nil
	for _, fallback := range config.Fallbacks {
		plain = plain || fallback.TLSConfig == nil
	}
	return plain && config.TLSConfig != nil
}

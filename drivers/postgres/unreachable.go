package postgres

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/duo-orm/duo-orm/drivers"
)

// unreachable says why no session could be opened, and what to look at. pgx's own texts name the user and the database of
// each try; what stands here is the reason alone, which holds no part of the URL but its host.
func (p place) unreachable(err error) error {
	cause, check := p.reason(err)
	var refused *pgconn.PgError
	full := errors.As(err, &refused) && refused.Code == stateTooManyConnections
	return &drivers.UnreachableError{Tried: p.tried, Check: check, Cause: cause, Full: full}
}

//lint:ignore ST1008 the cause is a part of an error and no failure of its own
func (p place) reason(err error) (cause error, check string) {
	var (
		refused   *pgconn.PgError
		name      *net.DNSError
		unknown   x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		broken    *tls.CertificateVerificationError
		malformed *pgconn.ParseConfigError
	)
	at := p.config.Host
	switch {
	case errors.As(err, &malformed):
		return errors.New("its settings can't be used"), "Check the parameters of the URL and the PG… variables in the environment."
	case errors.As(err, &refused):
		return errors.New(refused.Message), p.refusal(refused)
	case errors.As(err, &name):
		return fmt.Errorf("there is no host %s", printable(name.Name)), "Check the host in the URL, and that this machine can look up names."
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("nothing listens at %s, port %d", printable(at), p.config.Port), "Check host and port in the URL, and that the server runs and listens there."
	case errors.Is(err, os.ErrNotExist) && local(at) && strings.HasPrefix(at, "/"):
		return fmt.Errorf("there is no socket for port %d in %s", p.config.Port, printable(at)), "Check that the server runs, and in which folder it keeps its socket (SHOW unix_socket_directories)."
	case errors.As(err, &unknown):
		return errors.New("the server's certificate is signed by nobody whom this machine trusts"),
			"Give the certificate of its authority with ?sslrootcert=FILE, or write ?sslmode=require to encrypt without knowing who answers."
	case errors.As(err, &host):
		return fmt.Errorf("the server's certificate isn't made out for %s", printable(host.Host)), "Write the name that stands in the certificate, or ?sslmode=verify-ca to trust whoever its authority has signed."
	case errors.As(err, &invalid), errors.As(err, &broken):
		return errors.New("the server's certificate isn't valid"), "Check its dates and its authority (openssl s_client -starttls postgres -connect host:port)."
	case pgconn.Timeout(err):
		return errors.New("no answer in time"), "Check host and port, and whether a firewall stands between; ?connect_timeout=30 waits for longer."
	case p.strict:
		return rootOf(err), "Over a network the server must speak TLS and prove who it is, unless you say otherwise: ?sslmode=require encrypts without proof, ?sslmode=disable does neither and is for networks that are your own."
	case p.config.TLSConfig != nil:
		return rootOf(err), "Check that the server speaks TLS; ?sslmode=disable does without, in networks that are your own."
	}
	return rootOf(err), "Check host, port and database in the URL, and that the server runs."
}

// refusal is what to look at when the server itself said no.
func (p place) refusal(e *pgconn.PgError) string {
	switch e.Code {
	case stateNoDatabase:
		return "Check the name, or make the database: createdb " + shellWord(p.config.Database)
	case statePassword:
		if p.config.Password == "" {
			return "Give the password in the URL, in the variable PGPASSWORD or in the file ~/.pgpass."
		}
		return "Check user and password; characters such as @ : / ? # % are written as escapes in a URL, %40 for @."
	case stateAuthorization:
		return "Check the user, and what the server's pg_hba.conf lets this machine do; where it wants TLS, write ?sslmode=require."
	case stateTooManyConnections:
		return "The server has no free connection; try again later, or raise max_connections."
	case stateCannotConnectNow:
		return "The server starts or stops; try again in a moment."
	case statePrivilege:
		return "Grant it: GRANT CONNECT ON DATABASE … TO …."
	}
	return "Check the URL; the server's log says more."
}

// rootOf is the innermost error, which is the reason without the tries around it.
func rootOf(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			if several, ok := err.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) > 0 {
				inner = several.Unwrap()[0]
			} else {
				return err
			}
		}
		err = inner
	}
}

// shellWord writes a name so that a shell takes it as one word.
func shellWord(name string) string {
	for _, c := range name {
		if c != '_' && c != '-' && c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
		}
	}
	return name
}

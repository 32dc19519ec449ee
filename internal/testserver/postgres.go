package testserver

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a running PostgreSQL server. It may be used by several goroutines.
type Server struct {
	base   *url.URL
	folder string
	// process is nil for a server that somebody else runs.
	process *exec.Cmd
	ended   chan struct{}
	pulse   *os.File
}

// Options are how a server differs from the one that most tests share.
type Options struct {
	// Settings are written to postgresql.conf, last ones win: {"ssl", "on"}.
	Settings [][2]string
	// HBA replaces pg_hba.conf where it isn't empty.
	HBA string
	// Files are written into the data folder, readable by the server alone: certificates.
	Files map[string][]byte
	// Folder is the folder of the binaries; empty for the machine's newest.
	Folder string
}

// shared is the server of this process.
var shared struct {
	once   sync.Once
	server *Server
	err    error
}

// Postgres is the server that all tests of this process share: the one that DUO_ORM_TEST_POSTGRES points to, a URL with the
// right to make databases, or else one of our own, which Main stops. Where the machine has none the test is skipped.
func Postgres(t testing.TB) *Server {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = Open() })
	return shared.server.orSkip(t, shared.err)
}

// Open is such a server for a program that isn't a test, which stops it.
func Open() (*Server, error) {
	if given := os.Getenv("DUO_ORM_TEST_POSTGRES"); given != "" {
		return running(given)
	}
	return start(Options{})
}

// Start starts a server of its own for one test, stopped at its end. Where the machine has none the test is skipped.
func Start(t testing.TB, options Options) *Server {
	t.Helper()
	server, err := start(options)
	server = server.orSkip(t, err)
	t.Cleanup(server.Stop)
	return server
}

func (s *Server) orSkip(t testing.TB, err error) *Server {
	t.Helper()
	if errors.Is(err, errNone) {
		t.Skip("SKIPPED: this machine has no PostgreSQL server; install Debian's postgresql, or set DUO_ORM_TEST_POSTGRES")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Main runs the tests of a package and stops the server that they shared: func TestMain(m *testing.M) { testserver.Main(m) }
func Main(m interface{ Run() int }) { os.Exit(Stopping{m}.Run()) }

// Stopping are the tests of a package after which the server that they shared is stopped, for a TestMain that has more to do.
type Stopping struct{ Tests interface{ Run() int } }

// Run runs the tests and stops the server.
func (s Stopping) Run() int {
	code := s.Tests.Run()
	if shared.server != nil {
		shared.server.Stop()
	}
	return code
}

var errNone = errors.New("no PostgreSQL")

func running(given string) (*Server, error) {
	base, err := url.Parse(given)
	if err != nil {
		return nil, errors.New("DUO_ORM_TEST_POSTGRES is no URL")
	}
	return &Server{base: base}, nil
}

// start makes a data folder and runs a server in it. fsync is off: nobody needs what is in it after a power cut.
func start(options Options) (_ *Server, err error) {
	if options.Folder == "" {
		options.Folder = postgresFolder()
	}
	if options.Folder == "" {
		return nil, errNone
	}
	root, err := os.MkdirTemp("", "duo-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{folder: root, ended: make(chan struct{})}
	defer func() {
		if err != nil {
			s.Stop()
		}
	}()
	if err := unprivileged.own(root); err != nil {
		return nil, err
	}
	data := filepath.Join(root, "data")
	initdb := exec.Command(filepath.Join(options.Folder, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
	initdb.Dir = root
	unprivileged.run(initdb)
	if output, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, output)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	if err := configure(data, root, port, options); err != nil {
		return nil, err
	}
	if err := s.run(filepath.Join(options.Folder, "postgres"), data); err != nil {
		return nil, err
	}
	s.base = &url.URL{Scheme: "postgresql", User: url.User("postgres"), Host: "127.0.0.1:" + strconv.Itoa(port), Path: "/postgres"}
	return s, s.await()
}

func configure(data, root string, port int, options Options) error {
	settings := append([][2]string{
		{"port", strconv.Itoa(port)}, {"listen_addresses", "127.0.0.1"}, {"unix_socket_directories", root}, {"fsync", "off"},
		{"synchronous_commit", "off"}, {"full_page_writes", "off"}, {"max_connections", "200"}, {"shared_buffers", "64MB"},
		{"autovacuum", "off"}, {"max_wal_size", "2GB"}, {"logging_collector", "off"},
	}, options.Settings...)
	var conf strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&conf, "%s = '%s'\n", s[0], strings.ReplaceAll(s[1], "'", "''"))
	}
	files := map[string][]byte{"postgresql.auto.conf": []byte(conf.String())}
	if options.HBA != "" {
		files["pg_hba.conf"] = []byte(options.HBA)
	}
	for name, content := range options.Files {
		files[name] = content
	}
	for name, content := range files {
		path := filepath.Join(data, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
		if err := unprivileged.own(path); err != nil {
			return err
		}
	}
	return nil
}

// run starts the server under a shell that ends it when its standard input does: that is a pipe whose other end this
// process has, so that the server goes with it even when it is killed.
func (s *Server) run(program, data string) error {
	const guard = `"$1" -D "$2" </dev/null & server=$!
trap 'kill -QUIT $server 2>/dev/null' EXIT
{ cat >/dev/null; kill -QUIT $server 2>/dev/null; } <&3 &
wait $server; code=$?; rm -rf "$3"; exit $code`
	read, write, err := os.Pipe()
	if err != nil {
		return err
	}
	defer read.Close() //nolint:errcheck // the child has its own
	log, err := os.Create(filepath.Join(s.folder, "log"))
	if err != nil {
		return err
	}
	defer log.Close() //nolint:errcheck // the child has its own
	s.process = exec.Command("/bin/sh", "-c", guard, "postgres", program, data, s.folder)
	s.process.Dir, s.process.Stdout, s.process.Stderr = s.folder, log, log
	s.process.ExtraFiles = []*os.File{read}
	unprivileged.run(s.process)
	if err := s.process.Start(); err != nil {
		return errors.Join(err, write.Close())
	}
	s.pulse = write
	go func() {
		_ = s.process.Wait() //nolint:errcheck // it is stopped with a signal
		close(s.ended)
	}()
	return nil
}

// await returns when the server answers.
func (s *Server) await() error {
	var last error
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(20 * time.Millisecond) {
		select {
		case <-s.ended:
			log, err := os.ReadFile(filepath.Join(s.folder, "log"))
			return errors.Join(fmt.Errorf("the server ended:\n%s", log), err)
		default:
		}
		var conn net.Conn
		if conn, last = net.Dial("tcp", s.base.Host); last != nil {
			continue
		}
		if last = conn.Close(); last != nil {
			return last
		}
		if last = s.admin(func(context.Context, *pgx.Conn) error { return nil }); last == nil {
			return nil
		}
		var refused interface{ SQLState() string }
		if errors.As(last, &refused) && !strings.HasPrefix(refused.SQLState(), "57") {
			return nil // it answers, if only to say no: its tests know why
		}
	}
	return last
}

// Stop stops a server that was started here, and removes its folder.
func (s *Server) Stop() {
	if s == nil {
		return
	}
	if s.pulse != nil {
		_ = s.pulse.Close() //nolint:errcheck // all that counts is that the other end sees it
		<-s.ended
		s.pulse = nil
	}
	if s.folder != "" {
		_ = os.RemoveAll(s.folder) //nolint:errcheck // in the folder for temporary files
	}
}

// URL is the URL of a database by its name.
func (s *Server) URL(database string) string {
	u := *s.base
	u.Path, u.RawPath = "/"+database, ""
	return u.String()
}

// Host and Port are where the server listens; Folder is where it has its socket, empty for a server that somebody else runs.
func (s *Server) Host() string { return s.base.Hostname() }

// Port is the port.
func (s *Server) Port() string {
	if port := s.base.Port(); port != "" {
		return port
	}
	return "5432"
}

// Folder is the folder of the socket.
func (s *Server) Folder() string { return s.folder }

// Own says that the server was started here, so that a test may change roles and settings or end it.
func (s *Server) Own() bool { return s.process != nil }

// Database makes an empty database for the test, dropped at its end, and returns its URL.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := Name()
	if err := s.Exec("CREATE DATABASE " + name + " TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return s.URL(name)
}

// Name is a name that nothing on the server has.
func Name() string {
	random := make([]byte, 6)
	_, _ = rand.Read(random) //nolint:errcheck // it never fails
	return "duo_test_" + hex.EncodeToString(random)
}

// Exec runs statements in the database that the server was started with, as its superuser, each for itself.
func (s *Server) Exec(statements ...string) error {
	return s.admin(func(ctx context.Context, conn *pgx.Conn) error { return each(ctx, conn, statements) })
}

func (s *Server) admin(do func(context.Context, *pgx.Conn) error) error {
	return with(s.base.String(), do)
}

// Exec runs statements in a database, each for itself.
func Exec(t testing.TB, url string, statements ...string) {
	t.Helper()
	err := with(url, func(ctx context.Context, conn *pgx.Conn) error { return each(ctx, conn, statements) })
	if err != nil {
		t.Fatal(err)
	}
}

func each(ctx context.Context, conn *pgx.Conn, statements []string) error {
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

func with(url string, do func(context.Context, *pgx.Conn) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, conn), conn.Close(ctx))
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}

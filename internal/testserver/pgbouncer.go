package testserver

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Pool is a pgbouncer in front of a server.
type Pool struct{ port int }

// URL is the URL of a database through the pool.
func (p *Pool) URL(database string) string {
	u := url.URL{Scheme: "postgresql", User: url.User("postgres"), Host: fmt.Sprintf("127.0.0.1:%d", p.port), Path: "/" + database}
	return u.String()
}

// Pgbouncer starts a pool in a mode (session, transaction), with more lines of settings, and stops it at the end of the test.
func Pgbouncer(t testing.TB, s *Server, mode, settings string) *Pool {
	t.Helper()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "duo-pool-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) }) //nolint:errcheck // in the folder for temporary files
	file := filepath.Join(folder, "pgbouncer.ini")
	user := "postgres"
	if s.base.User != nil && s.base.User.Username() != "" {
		user = s.base.User.Username()
	}
	text := fmt.Sprintf("[databases]\n* = host=%s port=%s user=%s\n\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %d\nunix_socket_dir =\nauth_type = any\npool_mode = %s\nmax_client_conn = 100\n%s\n",
		s.Host(), s.Port(), user, port, mode, settings)
	err = errors.Join(os.WriteFile(file, []byte(text), 0o600), unprivileged.own(file), unprivileged.own(folder))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command("pgbouncer", file)
	command.Dir = folder
	unprivileged.run(command)
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		t.Fatal(err)
	}
	command.Stdout, command.Stderr = log, log
	if err := errors.Join(command.Start(), log.Close()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill() //nolint:errcheck // it may have ended
		_ = command.Wait()         //nolint:errcheck // it was killed
	})
	for begun := time.Now(); time.Since(begun) < 20*time.Second; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			if err := conn.Close(); err != nil {
				t.Fatal(err)
			}
			return &Pool{port: port}
		}
	}
	content, err := os.ReadFile(filepath.Join(folder, "log"))
	t.Fatalf("pgbouncer doesn't start: %v\n%s", err, content)
	return nil
}

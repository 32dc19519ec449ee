package faults

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

// durable is a server of its own that keeps what it has answered when it is killed.
func durable(t *testing.T) *testserver.Server {
	t.Helper()
	return testserver.Start(t, testserver.Options{Settings: [][2]string{{"synchronous_commit", "on"}, {"restart_after_crash", "on"}}})
}

// The tool or the server's process that works for it is killed at any instant, while others write. A revision is then there as
// a whole or not at all; one that stopped between its transactions is gone on with. The next run finishes, and no row is lost.
func TestPostgresKilledAtAnyInstant(t *testing.T) {
	const rows = 20000
	s := newShop(t, durable(t).Database(t), rows)
	w := s.write(2)
	random := rand.New(rand.NewPCG(4, 2))
	// ways lead around: the transactional revision, the one with a step outside, and both back.
	ways := []struct {
		direction string
		from, to  int
	}{{"upgrade", 0, 1}, {"upgrade", 1, 2}, {"downgrade", 2, 1}, {"downgrade", 1, 0}}
	took := make([]time.Duration, len(ways))
	for i, way := range ways {
		begun := time.Now()
		must(t, s.folder, "migration", way.direction, s.revisions[way.to])
		took[i] = time.Since(begun)
	}
	whole := 0
	for kill := range often(32, 800) {
		i := kill % len(ways)
		way, ofServer := ways[i], kill/len(ways)%2 == 1
		c := command(s.folder, "migration", way.direction, s.revisions[way.to])
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took[i]) * 5 / 4)))
		if ofServer {
			killBackend(s)
		} else {
			_ = c.Process.Kill()
		}
		_ = c.Wait()
		s.awake()
		out, err := try(s.folder, "migration", way.direction, s.revisions[way.to])
		if err != nil {
			t.Fatalf("kill %d (%s to %d, of the server: %v): the next run doesn't finish: %v\n%s", kill, way.direction, way.to, ofServer, err, out)
		}
		if strings.Contains(out, "Nothing to do") {
			whole++
		}
		if is := s.face(); is != s.faces[way.to] {
			t.Fatalf("kill %d (%s to %d, of the server: %v): the database is\n%s\n-- and not --\n%s\n%s", kill, way.direction, way.to, ofServer, is, s.faces[way.to], out)
		}
	}
	t.Logf("%d of the killed had finished; %d rows were written meanwhile", whole, w.sure.Load())
	w.end(s, rows)
	if left := leftovers(s); left > 0 {
		t.Errorf("%d sessions of the killed are left", left)
	}
}

// killBackend kills a process of the server that works for the tool, if there is one. The server then ends all others and
// begins anew.
func killBackend(s *shop) {
	s.t.Helper()
	pid := 0
	err := s.tryQuery(`SELECT coalesce((SELECT a.pid FROM pg_stat_activity a LEFT JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory'
  WHERE a.application_name = 'duo-orm' AND a.datname = current_database() ORDER BY l.pid IS NULL LIMIT 1), 0)`, &pid)
	if err != nil || pid == 0 {
		return
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	// The process is there until the server has noticed, which takes no session from then on before it has begun anew.
	for syscall.Kill(pid, 0) == nil {
		time.Sleep(time.Millisecond)
	}
}

// leftovers counts the tool's sessions in the end; a server notices within seconds that a client has died.
func leftovers(s *shop) (left int) {
	for range 100 {
		s.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'duo-orm' AND datname = current_database()", &left)
		if left == 0 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return left
}

// However many upgrade at once while others write, each revision runs once, and everybody says so with success.
func TestPostgresManyUpgraders(t *testing.T) {
	t.Parallel()
	s := newShop(t, testserver.Postgres(t).Database(t), 2000)
	w := s.write(2)
	for round := range often(2, 30) {
		var before, after int
		s.query("SELECT count(*) FROM duo_orm_revisions_log WHERE action = 'upgrade'", &before)
		var wait sync.WaitGroup
		outputs, errs := make([]string, 8), make([]error, 8)
		for i := range 8 {
			wait.Add(1)
			go func() {
				defer wait.Done()
				outputs[i], errs[i] = try(s.folder, "migration", "upgrade")
			}()
		}
		wait.Wait()
		for i, err := range errs {
			if err != nil {
				t.Fatalf("%v\n%s", err, outputs[i])
			}
		}
		s.query("SELECT count(*) FROM duo_orm_revisions_log WHERE action = 'upgrade'", &after)
		if after != before+2 || s.face() != s.faces[2] {
			t.Fatalf("round %d: %d revisions ran; the database is\n%s", round, after-before, s.face())
		}
		must(t, s.folder, "migration", "downgrade", s.revisions[0])
	}
	w.end(s, 2000)
}

// Somebody who holds a table is named, and nothing is changed.
func TestPostgresTableHeldByOthers(t *testing.T) {
	t.Parallel()
	s := newShop(t, testserver.Postgres(t).Database(t), 10)
	settings := filepath.Join(s.folder, "db/migrations/migrations.hcl")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s.folder, "db/migrations/migrations.hcl", strings.Replace(string(text), `lock_wait = "60s"`, "lock_wait = \"3s\"\n  lock_timeout = \"1500ms\"", 1))
	done := make(chan struct{})
	go func() {
		defer close(done)
		testserver.Exec(t, s.url+"?application_name=reporting", "BEGIN; SELECT * FROM orders; SELECT pg_sleep(12); COMMIT")
	}()
	for held := 0; held == 0; {
		s.query("SELECT count(*) FROM pg_locks WHERE relation = 'orders'::regclass AND mode = 'AccessShareLock'", &held)
	}
	out, err := try(s.folder, "migration", "upgrade", s.revisions[1])
	if code := exitCode(err); code != 6 || !strings.Contains(out, "reporting") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if s.face() != s.faces[0] {
		t.Error("something was changed")
	}
	<-done
	must(t, s.folder, "migration", "upgrade", s.revisions[1])
}

// A role that may not do what the steps do is told so, and nothing is changed.
func TestPostgresMissingGrants(t *testing.T) {
	t.Parallel()
	server := testserver.Postgres(t)
	s := newShop(t, server.Database(t), 10)
	role := testserver.Name()
	testserver.Exec(t, s.url, "CREATE ROLE "+role+" LOGIN", "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "+role)
	t.Cleanup(func() { testserver.Exec(t, s.url, "DROP OWNED BY "+role, "DROP ROLE "+role) })
	out, err := try(s.folder, "migration", "upgrade", "--url", strings.Replace(s.url, "postgres@", role+"@", 1))
	if code := exitCode(err); code != 1 || !strings.Contains(out, "must be owner of") && !strings.Contains(out, "permission denied") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if s.face() != s.faces[0] {
		t.Error("something was changed")
	}
}

// A disk that is full ends a revision, and nothing of it is left; with room it runs.
func TestPostgresDiskFull(t *testing.T) {
	server := durable(t)
	folder := filepath.Join(server.Folder(), "small")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=11m,mode=0777", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: no small disk can be mounted here: %s", out)
	}
	t.Cleanup(func() {
		server.Stop()
		_ = exec.Command("umount", folder).Run()
	})
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := server.Exec(fmt.Sprintf("CREATE TABLESPACE small LOCATION '%s/it'", folder)); err == nil {
		t.Fatal("a folder that isn't there was taken")
	}
	space := filepath.Join(folder, "it")
	if err := os.Mkdir(space, 0o700); err != nil {
		t.Fatal(err)
	}
	own(t, server.Folder(), space)
	if err := server.Exec("CREATE TABLESPACE small LOCATION '"+space+"'", "CREATE DATABASE tight TEMPLATE template0"); err != nil {
		t.Fatal(err)
	}
	s := newShop(t, server.URL("tight"), 100000)
	testserver.Exec(t, s.url, "VACUUM FULL orders", "ALTER TABLE orders SET TABLESPACE small")
	out, err := try(s.folder, "migration", "upgrade", "--allow-drift", s.revisions[1])
	if code := exitCode(err); code != 1 || !strings.Contains(out, "No space left on device") || !strings.Contains(out, "Nothing of revision") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	testserver.Exec(t, s.url, "ALTER TABLE orders SET TABLESPACE pg_default")
	if s.face() != s.faces[0] {
		t.Errorf("something was changed:\n%s", s.face())
	}
	must(t, s.folder, "migration", "upgrade", s.revisions[1])
	if s.face() != s.faces[1] {
		t.Error("it doesn't run with room")
	}
}

//go:build unix

package sqlite

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	code "modernc.org/sqlite/lib"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/dburl"
)

// nobody is a user without rights; permissions don't hold for root.
const nobody = 65534

// asNobody runs the child's open job as a user without rights. The program is copied to where that user may read it.
func asNobody(t *testing.T, folder string, args ...string) (string, error) {
	t.Helper()
	cmd := startChild(t, "open", args...)
	if os.Getuid() == 0 {
		program := filepath.Join(folder, "program")
		if err := copyFile(cmd.Path, program); err != nil {
			t.Fatal(err)
		}
		cmd.Path = program
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	cmd.Dir = "/"
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	if err := in.Close(); err != nil {
		return err
	}
	return out.Close()
}

func TestPermissions(t *testing.T) {
	for _, test := range []struct {
		name         string
		journal      string
		file, folder os.FileMode
		mode         string
		parameters   string
		works        bool
		says         string
	}{
		{"read a read-only file", "DELETE", 0o444, 0o777, "ro", "", true, "opened"},
		{"read in a read-only folder", "DELETE", 0o444, 0o555, "ro", "", true, "opened"},
		{"read a WAL file in a read-only folder", "WAL", 0o444, 0o555, "ro", "", false, "immutable=1"},
		{"read it as immutable", "WAL", 0o444, 0o555, "ro", "?immutable=1", true, "opened"},
		{"read a read-only WAL file", "WAL", 0o444, 0o777, "ro", "", true, "opened"},
		{"write a read-only file", "DELETE", 0o444, 0o777, "rw", "", false, "can't be written"},
		{"write in a read-only folder", "DELETE", 0o666, 0o555, "rw", "", false, "folder"},
		{"read what nobody may read", "DELETE", 0o000, 0o777, "ro", "", false, "can be read"},
		{"read in a closed folder", "DELETE", 0o444, 0o000, "ro", "", false, "permission"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDatabase(t, "PRAGMA journal_mode = "+test.journal, "CREATE TABLE t (a)")
			top, err := os.MkdirTemp("", "duo-orm-permissions")
			if err != nil {
				t.Fatal(err)
			}
			folder := filepath.Join(top, "data")
			t.Cleanup(func() {
				if err := os.Chmod(folder, 0o700); err != nil {
					t.Error(err)
				}
				if err := os.RemoveAll(top); err != nil {
					t.Error(err)
				}
			})
			file := filepath.Join(folder, "app.db")
			for _, err := range []error{os.Chmod(top, 0o755), os.Mkdir(folder, 0o700), copyFile(d.path, file), os.Chmod(file, test.file), os.Chmod(folder, test.folder)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			before, err := os.ReadFile(file)
			if err != nil && os.Getuid() == 0 {
				t.Fatal(err)
			}
			out, err := asNobody(t, top, dburl.FileURL(file)+test.parameters, test.mode)
			if (err == nil) != test.works || !strings.Contains(out, test.says) {
				t.Errorf("%v, want it to say %q:\n%s", err, test.says, out)
			}
			if after, err := os.ReadFile(file); err == nil && string(after) != string(before) {
				t.Error("the file was changed")
			}
			t.Log(out)
		})
	}
}

// Opening a pipe would wait for its other end.
func TestPipesAreNotOpened(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := open(context.Background(), "sqlite:///pipe", drivers.OpenOptions{Root: folder, Create: true})
	var unreachable *drivers.UnreachableError
	if !errors.As(err, &unreachable) {
		t.Fatal(err)
	}
	wantError(t, err, "no regular file")
}

func TestFileRemovedWhileOpen(t *testing.T) {
	d := newDatabase(t, "CREATE TABLE t (a)")
	c := d.open(drivers.OpenOptions{})
	if err := os.Remove(d.path); err != nil {
		t.Fatal(err)
	}
	begin(t, c, drivers.BeginOptions{})
	_, err := c.Exec(context.Background(), "INSERT INTO t VALUES (1)")
	if extended(err) != code.SQLITE_READONLY_DBMOVED {
		t.Fatal(err)
	}
	wantError(t, err, "moved or removed")
}

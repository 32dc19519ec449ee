package project

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What a killed run has left beside a file that is written goes; what somebody may be writing now, and what is somebody's own, stays.
func TestWriteSweeps(t *testing.T) {
	p := &Project{Root: t.TempDir(), Dir: "db"}
	folder := filepath.Join(p.Root, "db")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * leftoverAge)
	const random = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for name, at := range map[string]time.Time{".a.hcl." + random + ".tmp": old, ".b.hcl." + random + ".tmp": time.Now(), ".a.hcl.tmp": old, "a.hcl." + random + ".tmp": old, ".a." + random + ".hcl": old} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte("half"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if read, err := p.HCLFiles("db"); err != nil || len(read) > 0 {
		t.Errorf("read %v, %v", read, err)
	}
	if err := p.Write([]FileChange{{Path: "db/new.hcl", New: true}}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	if want := []string{".a." + random + ".hcl", ".a.hcl.tmp", ".b.hcl." + random + ".tmp", "a.hcl." + random + ".tmp", "new.hcl"}; !slices.Equal(left, want) {
		t.Errorf("left: %v, want %v", left, want)
	}
}

package testserver

import (
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
)

// postgresFolder is the folder with the binaries of a server: DUO_ORM_TEST_POSTGRES_BIN, the newest of Debian's, or what
// the path has. It is empty where there is none.
func postgresFolder() string {
	if folder := os.Getenv("DUO_ORM_TEST_POSTGRES_BIN"); folder != "" {
		return folder
	}
	var folders []string
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/postgres", "/usr/pgsql-*/bin/postgres", "/opt/homebrew/opt/postgresql@*/bin/postgres"} {
		found, err := filepath.Glob(pattern)
		if err == nil {
			folders = append(folders, found...)
		}
	}
	if len(folders) > 0 {
		sort.Slice(folders, func(i, j int) bool { return versionIn(folders[i]) < versionIn(folders[j]) })
		return filepath.Dir(folders[len(folders)-1])
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

// versionIn is the first number in a path.
func versionIn(path string) int {
	digits := ""
	for _, c := range path {
		if c >= '0' && c <= '9' {
			digits += string(c)
		} else if digits != "" {
			break
		}
	}
	number, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return number
}

// Program is the path of one of PostgreSQL's programs: from the folder of the server's, where Debian has the programs
// themselves and not a script that looks for the version, or else by its name alone.
func Program(name string) string {
	if path := filepath.Join(postgresFolder(), name); filepath.IsAbs(path) {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return name
}

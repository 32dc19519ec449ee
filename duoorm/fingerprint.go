package duoorm

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"

	"github.com/duo-orm/duo-orm/internal/project"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// Fingerprint is the same for file systems and options with which an empty database becomes the same: 64 hexadecimal digits of the
// revisions, the target, and the settings that matter. What programs and functions like now() do isn't in it. Test helpers keep
// templates by it.
func Fingerprint(files fs.FS, options ...Option) (string, error) {
	o := chosen(options)
	m, err := read(files, o)
	if err != nil {
		return "", explain(err)
	}
	s := m.settings
	all := struct {
		Target, Environment, VersionTable string
		Revisions                         []string
		Variables                         map[string]string
		Hooks                             [][]project.Hook
	}{Target: o.target, Environment: o.environment, VersionTable: s.VersionTable, Variables: s.Variables, Hooks: [][]project.Hook{s.BeforeUpgrade, s.AfterEach, s.AfterUpgrade}}
	for _, file := range m.graph.Revisions() {
		all.Revisions = append(all.Revisions, file.Dialect+" "+file.Branch+" "+revision.Checksum(file))
	}
	content, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]), nil
}

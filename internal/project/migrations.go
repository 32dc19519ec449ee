package project

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Migrations is how the project's migrations run.
type Migrations struct {
	// VersionTable is the name of the table that records applied revisions.
	VersionTable string
	// LockWait is how long an upgrade waits for somebody else's.
	LockWait time.Duration
	// LockTimeout is how long one statement of an upgrade waits for a lock of a table, before the revision is rolled back and
	// tried again.
	LockTimeout time.Duration
	// Exclude are patterns of names of objects that are left alone.
	Exclude []string
	// ManagePrivileges makes owners and privileges part of what models say; otherwise plans keep those that there are.
	ManagePrivileges bool
	// Variables are the values of ${var.name} in the statements of revisions, with those of the chosen environment before others.
	Variables map[string]string
	// BeforeUpgrade, AfterEach and AfterUpgrade run around the revisions of an upgrade.
	BeforeUpgrade, AfterEach, AfterUpgrade []Hook
}

// Hook is a statement or a program that runs around revisions; one of the two.
type Hook struct {
	SQL  string
	Exec []string
	// Place is where it stands, as path:line.
	Place string
}

// DefaultMigrations holds where migrations.hcl says nothing.
func DefaultMigrations() Migrations {
	return Migrations{VersionTable: "duo_orm_revisions", LockWait: time.Minute, LockTimeout: 3 * time.Second}
}

var tableName = regexp.MustCompile(`^([A-Za-z_][A-Za-z0-9_]{0,62}\.)?[A-Za-z_][A-Za-z0-9_]{0,58}$`)

// MigrationsFile is the path of migrations.hcl, relative to the root.
func (p *Project) MigrationsFile() string { return p.Path("migrations/migrations.hcl") }

// Migrations is MigrationsFor the database block.
func (p *Project) Migrations(lookup Lookup) (Migrations, error) { return p.MigrationsFor("", lookup) }

// MigrationsFor reads db/migrations/migrations.hcl for an environment; what it leaves out, or a file that isn't there, means the
// default. Blocks of other environments aren't evaluated. *InvalidError and *FileError come back.
func (p *Project) MigrationsFor(environment string, lookup Lookup) (Migrations, error) {
	content, err := p.ReadFile(p.MigrationsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return DefaultMigrations(), nil
	}
	if err != nil {
		return Migrations{}, err
	}
	return ReadMigrations(p.MigrationsFile(), content, environment, lookup)
}

// ReadMigrations is MigrationsFor the content of a file that lies elsewhere than in a project; the name is for messages.
func ReadMigrations(name string, content []byte, environment string, lookup Lookup) (Migrations, error) {
	f := parseConfig(name, content, lookup)
	migrations := f.migrations(environment)
	return migrations, f.err()
}

const tableNameRule = "version_table must be a letter or _ with letters, digits and _ behind it, at most 59 in all; on PostgreSQL a schema and a dot may stand before it"

// CheckVersionTable says what is wrong with the name of a version table, or nothing.
func CheckVersionTable(name string) error {
	if !tableName.MatchString(name) {
		return errors.New(tableNameRule)
	}
	return nil
}

func (f *hclFile) migrations(environment string) Migrations {
	migrations := DefaultMigrations()
	content := f.content(f.body(), &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "migrations"}, {Type: "environment", LabelNames: []string{"name"}}}})
	var main *hcl.Block
	environments := map[string]*hcl.Block{}
	for _, block := range content.Blocks {
		switch {
		case block.Type == "environment" && environments[block.Labels[0]] != nil:
			f.fault("Declared twice", "This block stands at "+environments[block.Labels[0]].DefRange.String()+" already. Keep one of the two.", block.DefRange)
		case block.Type == "environment":
			environments[block.Labels[0]] = block
		case main != nil:
			f.fault("Declared twice", "One migrations block is enough. Move its lines into the first one.", block.DefRange)
		default:
			main = block
		}
	}
	var body, own *hcl.BodyContent
	if main != nil {
		body = f.content(main.Body, migrationsSchema())
	}
	if block := environments[environment]; block != nil {
		own = f.content(block.Body, &hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "variables"}}})
	}
	migrations.Variables = f.variables(body, own)
	if body != nil {
		f.settings(body, &migrations)
		f.hooks(body, &migrations)
	}
	return migrations
}

func migrationsSchema() *hcl.BodySchema {
	return &hcl.BodySchema{
		Attributes: []hcl.AttributeSchema{{Name: "version_table"}, {Name: "lock_wait"}, {Name: "lock_timeout"}, {Name: "exclude"}, {Name: "manage_privileges"}, {Name: "variables"}},
		Blocks:     []hcl.BlockHeaderSchema{{Type: "before_upgrade"}, {Type: "after_each"}, {Type: "after_upgrade"}},
	}
}

func (f *hclFile) settings(body *hcl.BodyContent, migrations *Migrations) {
	if a := body.Attributes["version_table"]; a != nil {
		migrations.VersionTable = f.versionTable(a)
	}
	if a := body.Attributes["lock_wait"]; a != nil {
		migrations.LockWait = f.duration(a)
	}
	if a := body.Attributes["lock_timeout"]; a != nil {
		before := len(f.diagnostics)
		if migrations.LockTimeout = f.duration(a); migrations.LockTimeout < time.Millisecond && len(f.diagnostics) == before {
			f.fault("Invalid duration", "lock_timeout must be at least 1ms: a statement that waits without end makes all others wait behind it.", a.Expr.Range())
		}
	}
	if a := body.Attributes["exclude"]; a != nil {
		migrations.Exclude = f.patterns(a)
	}
	if a := body.Attributes["manage_privileges"]; a != nil {
		migrations.ManagePrivileges = f.boolean(a)
	}
}

func (f *hclFile) versionTable(attribute *hcl.Attribute) string {
	before := len(f.diagnostics)
	name := f.text(attribute)
	if len(f.diagnostics) == before && !tableName.MatchString(name) {
		f.fault("Invalid table name", tableNameRule+".", attribute.Expr.Range())
	}
	return name
}

func (f *hclFile) duration(attribute *hcl.Attribute) time.Duration {
	before := len(f.diagnostics)
	text := f.text(attribute)
	if len(f.diagnostics) > before {
		return 0
	}
	duration, err := time.ParseDuration(text)
	if err != nil || duration < 0 {
		f.fault("Invalid duration", fmt.Sprintf(`%s must be a time such as "60s", "500ms" or "2m".`, attribute.Name), attribute.Expr.Range())
	}
	return duration
}

func (f *hclFile) patterns(attribute *hcl.Attribute) []string {
	patterns := f.texts(attribute)
	for _, pattern := range patterns {
		if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
			f.fault("Invalid pattern", fmt.Sprintf("%q is no pattern. * stands for any characters, ? for one, [ab] for one of these.", pattern), attribute.Expr.Range())
		}
	}
	return patterns
}

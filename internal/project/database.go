package project

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// Database is where the project's data lies.
type Database struct {
	// URL may hold a password: it is never printed as it is.
	URL string
	// Scratch is where plans are proved; empty for the driver's own way.
	Scratch string
	// Environment is the name that was chosen; empty for the database block.
	Environment string
	// Protected says that changes must be confirmed.
	Protected bool
	// Environments are the names of all environments of database.hcl; nil where there is no such file.
	Environments []string
	// Tenants say which databases there are where the environment has several: URL is then the one that holds them or is asked for
	// them, or the first of urls. Nil for one database.
	Tenants *Tenants
}

// Choice says which database of the project is meant.
type Choice struct {
	// Environment is a name of an environment block; empty for the database block.
	Environment string
	// URL, if not empty, takes the place of the configured one.
	URL string
}

// DatabaseFile is the path of database.hcl, relative to the root.
func (p *Project) DatabaseFile() string { return p.Path("database.hcl") }

// Database reads db/database.hcl. Only the chosen block is evaluated, and of it no url where the choice has one.
// *InvalidError, *UnknownEnvironmentError and *FileError come back.
func (p *Project) Database(choice Choice, lookup Lookup) (Database, error) {
	content, err := p.ReadFile(p.DatabaseFile())
	if errors.Is(err, fs.ErrNotExist) {
		if choice.URL != "" && choice.Environment == "" {
			return Database{URL: choice.URL}, nil
		}
		return Database{}, &FileError{Path: p.DatabaseFile(), Reason: "does not exist", WayOut: "Make it with: duo-orm init, or name a database with --url."}
	}
	if err != nil {
		return Database{}, err
	}
	f := parseConfig(p.DatabaseFile(), content, lookup)
	block, names, err := f.chosenBlock(p.DatabaseFile(), choice)
	if err != nil {
		return Database{}, err
	}
	database := f.database(block, choice)
	database.Environments = names
	return database, f.err()
}

// chosenBlock is nil where none is needed or a fault was found.
// It comes with the names of all environments.
func (f *hclFile) chosenBlock(path string, choice Choice) (*hcl.Block, []string, error) {
	content := f.content(f.body(), &hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "database"}, {Type: "environment", LabelNames: []string{"name"}}}})
	blocks := map[string]*hcl.Block{}
	names := []string{}
	for _, block := range content.Blocks {
		name := ""
		if block.Type == "environment" {
			name = block.Labels[0]
			names = append(names, name)
		}
		if first := blocks[name]; first != nil {
			f.fault("Declared twice", "This block stands at "+first.DefRange.String()+" already. Keep one of the two.", block.DefRange)
			continue
		}
		blocks[name] = block
	}
	if f.diagnostics.HasErrors() {
		return nil, nil, f.err()
	}
	block := blocks[choice.Environment]
	if block == nil && choice.Environment != "" {
		return nil, nil, &UnknownEnvironmentError{Given: choice.Environment, Path: path, Candidates: names}
	}
	if block == nil && choice.URL == "" {
		return nil, nil, &FileError{Path: path, Reason: "has no database block",
			WayOut: `Write one: database { url = "sqlite:///app.db" }, or name a database with --url or --env.`}
	}
	return block, names, nil
}

func (f *hclFile) database(block *hcl.Block, choice Choice) Database {
	database := Database{URL: choice.URL, Environment: choice.Environment}
	if block == nil {
		return database
	}
	schema := &hcl.BodySchema{Attributes: []hcl.AttributeSchema{{Name: "url"}, {Name: "scratch"}}}
	if block.Type == "environment" {
		schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: "protected"})
		for _, name := range append(slices.Clone(tenantAttributes), "plan_on") {
			schema.Attributes = append(schema.Attributes, hcl.AttributeSchema{Name: name})
		}
	}
	body := f.content(block.Body, schema)
	if choice.URL == "" {
		database.Tenants = f.tenants(body)
	}
	switch attribute := body.Attributes["url"]; {
	case choice.URL != "":
	case database.Tenants != nil && database.Tenants.Attribute == "urls":
		if attribute != nil {
			f.fault("Two kinds of URLs", "urls names all databases of the environment. Take url away.", attribute.NameRange)
		}
		if len(database.Tenants.Databases) > 0 {
			database.URL = database.Tenants.Databases[0].URL
		}
	case attribute == nil && database.Tenants != nil:
		f.fault("Missing url", map[bool]string{true: "Write the URL of the database that is asked beside urls_query: url = …", false: "Write the URL of the database that has the schemas beside them: url = …"}[database.Tenants.URLsQuery != ""], block.DefRange)
	case attribute == nil && f.diagnostics.HasErrors():
		// An attribute that isn't known is perhaps a misspelled url, and was told.
	case attribute == nil:
		f.fault("Missing url", `Write the database's URL here: url = "sqlite:///app.db".`, block.DefRange)
	default:
		before := len(f.diagnostics)
		database.URL = f.text(attribute)
		if database.URL == "" && len(f.diagnostics) == before {
			f.fault("Empty url", `Write the database's URL here: url = "sqlite:///app.db".`, attribute.Expr.Range())
		}
	}
	if attribute := body.Attributes["scratch"]; attribute != nil {
		database.Scratch = f.text(attribute)
	}
	if attribute := body.Attributes["protected"]; attribute != nil {
		database.Protected = f.boolean(attribute)
	}
	return database
}

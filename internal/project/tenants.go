package project

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// Tenants say which databases an environment has that has several. One of the four ways is used.
type Tenants struct {
	// Databases are those of urls.
	Databases []Tenant
	// URLsQuery is a query of the database at Database.URL: a row is a URL, or a name and a URL.
	URLsQuery string
	// Schemas are schemas of the database at Database.URL.
	Schemas []string
	// SchemasQuery is a query of that database: a row is the name of a schema.
	SchemasQuery string
	// PlanOn is the name of the one that plans are made on; empty for the first.
	PlanOn string
	// Attribute is the name of the way, such as "urls".
	Attribute string
}

// Tenant is a database of urls.
type Tenant struct {
	// Name is empty where urls is a list.
	Name string
	// URL may hold a password.
	URL string
}

// tenantAttributes are the ways to name several databases.
var tenantAttributes = []string{"urls", "urls_query", "schemas", "schemas_query"}

// tenants reads which databases an environment has; nil where it has one.
func (f *hclFile) tenants(body *hcl.BodyContent) *Tenants {
	var found []*hcl.Attribute
	for _, name := range tenantAttributes {
		if attribute := body.Attributes[name]; attribute != nil {
			found = append(found, attribute)
		}
	}
	planOn := body.Attributes["plan_on"]
	switch {
	case len(found) > 1:
		f.fault("Two lists of databases", found[0].Name+" stands here already. Keep one of the two.", found[1].NameRange)
		return nil
	case len(found) == 0 && planOn != nil:
		f.fault("One database", "plan_on is for an environment with several databases: "+strings.Join(tenantAttributes, ", ")+". Take it away.", planOn.NameRange)
		return nil
	case len(found) == 0:
		return nil
	}
	way := found[0]
	t := &Tenants{Attribute: way.Name}
	before := len(f.diagnostics)
	switch way.Name {
	case "urls":
		t.Databases = f.databases(way)
	case "urls_query":
		t.URLsQuery = f.text(way)
	case "schemas":
		t.Schemas = f.texts(way)
	case "schemas_query":
		t.SchemasQuery = f.text(way)
	}
	if len(f.diagnostics) == before && len(t.Databases)+len(t.Schemas) == 0 && strings.TrimSpace(t.URLsQuery+t.SchemasQuery) == "" {
		f.fault("Empty "+way.Name, map[string]string{
			"urls":          `Write the databases' URLs here: urls = ["sqlite:///a.db", "sqlite:///b.db"].`,
			"urls_query":    `Write a query whose rows are URLs, or names and URLs: urls_query = "SELECT name, url FROM tenants".`,
			"schemas":       `Write the schemas here: schemas = ["acme", "globex"].`,
			"schemas_query": `Write a query whose rows are names of schemas: schemas_query = "SELECT schema_name FROM tenants".`,
		}[way.Name], way.Expr.Range())
	}
	if planOn != nil {
		t.PlanOn = f.text(planOn)
	}
	return t
}

// databases reads urls: a list of URLs, or a map from names to URLs, which is taken in the order of the names.
func (f *hclFile) databases(attribute *hcl.Attribute) []Tenant {
	const wanted = `a list of URLs, such as ["sqlite:///a.db"], or a map from names to URLs, such as { acme = "sqlite:///a.db" }`
	value, ok := f.value(attribute, cty.DynamicPseudoType, wanted)
	if !ok {
		return nil
	}
	var list []Tenant
	if value.Type().IsObjectType() || value.Type().IsMapType() {
		values := value.AsValueMap()
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if strings.TrimSpace(name) == "" {
				f.fault("Empty name", "A name in urls is empty. Give each database one.", attribute.Expr.Range())
				return nil
			}
			list = append(list, Tenant{Name: name, URL: f.element(attribute, values[name], wanted)})
		}
		return list
	}
	if !value.CanIterateElements() {
		f.fault("Wrong kind of value", attribute.Name+" must be "+wanted+".", attribute.Expr.Range())
		return nil
	}
	for _, element := range value.AsValueSlice() {
		list = append(list, Tenant{URL: f.element(attribute, element, wanted)})
	}
	return list
}

// element is one URL of urls.
func (f *hclFile) element(attribute *hcl.Attribute, value cty.Value, wanted string) string {
	text, err := convert.Convert(value, cty.String)
	switch {
	case err != nil || text.IsNull():
		f.fault("Wrong kind of value", attribute.Name+" must be "+wanted+".", attribute.Expr.Range())
		return ""
	case text.AsString() == "":
		f.fault("Empty url", "A URL in "+attribute.Name+" is empty. If the list comes from a variable, compact() takes empty ones out.", attribute.Expr.Range())
		return ""
	}
	return text.AsString()
}

package postgres

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// reading is one query of the catalogue and what is done with its rows. Every query runs always, all of them in one batch,
// whatever the number of objects; the rows of one are taken before those of the next.
type reading struct {
	// of completes "read …" in errors: "schemas".
	of string
	// sql has no parameters. Where it has a line for each column or index of a database, what not every version has stands in
	// newerThanOldest; elsewhere to_jsonb(row)->>'name' reads it.
	sql string
	row func(r *reader, scan func(...any) error) error
}

// readings lists the queries in the order in which their rows are taken: what belongs to another object comes after it.
func readings(managed bool) []reading {
	all := []reading{
		{"schemas", schemasSQL, readSchema},
		{"extensions", extensionsSQL, readExtension},
		{"members of extensions", membersSQL, readMember},
		{"enums", enumsSQL, readEnum},
		{"domains", domainsSQL, readDomain},
		{"composite types", compositesSQL, readComposite},
		{"range types", rangesSQL, readRange},
		{"other types", otherTypesSQL, readOtherType},
		{"collations", collationsSQL, readCollation},
		{"tables", tablesSQL, readTable},
		{"foreign servers", foreignServersSQL, readForeignServer},
		{"user mappings", userMappingsSQL(), readUserMapping},
		{"foreign tables", foreignTablesSQL, readForeignTable},
		{"partition keys", partitionsSQL, readPartitionKey},
		{"columns", columnsSQL, readColumn},
		{"inherited columns", inheritedSQL, readInherited},
		{"constraints", constraintsSQL, readConstraint},
		// … the kinds …
		{"sequences", sequencesSQL, readSequence},
		{"views", viewsSQL, readView},
		{"materialized views", materializedSQL, readMaterialized},
		{"rules", rulesSQL, readRule},
		{"policies", policiesSQL, readPolicy},
		{"parts of indexes", indexPartsSQL, readIndexPart},
		{"indexes", indexesSQL, readIndex},
		{"functions", functionsSQL, readFunction},
		{"aggregates", aggregatesSQL, readAggregate},
		{"operators", operatorsSQL, readOperator},
		{"casts", castsSQL, readCast},
		{"operator families", operatorFamiliesSQL(), readOperatorFamily},
		{"operator classes", operatorClassesSQL(), readOperatorClass},
		{"machinery", machinerySQL, readMachinery},
		{"triggers", triggersSQL, readTrigger},
		{"event triggers", eventTriggersSQL, readEventTrigger},
		{"text search", textSearchSQL, readTextSearch},
		{"statistics", statisticsSQL, readStatistics},
		{"publications", publicationsSQL, readPublication},
		{"dependencies", dependenciesSQL, readDependency},
		{"partitions that foreign keys refer to", referredSQL, readReferred},
		{"further objects", otherSQL, readOther},
	}
	return append(all, privilegeReadings(managed)...)
}

//go:embed inspect_dependencies.sql
var dependenciesSQL string

// address is how the catalogue speaks of an object: its catalogue, oid, and number of the column or 0 (see pg_depend).
type address struct {
	class string
	oid   uint32
	sub   int32
}

// reader builds a state from the rows of the readings.
type reader struct {
	conn  *connection
	state *hclschema.State
	// schemas are the names of the schemas by oid: of all whose objects are read, and of public.
	schemas map[uint32]string
	// at finds objects by address. Several addresses may lead to one object: the type of a table's rows is the table.
	at map[address]*hclschema.Object
	// columns are all columns, those that a table has of a parent alone among them.
	columns map[address]*hclschema.Object
	// origins lead from a column that a table has of a parent alone to the parent's: with that one it changes and goes.
	origins map[address]address
	// names are the columns' names, whatever they are columns of.
	names map[address]string
	// parts are those of each index, by its oid.
	parts  map[uint32][]indexPart
	unread []drivers.Unread
	// defaultComment and publicComment are the schemas with comments of their own, to be added when all is read.
	defaultComment, publicComment string
	// defaultGrants are those of the default schema, nil where they are as they were; publicChanged says that those of public aren't.
	defaultGrants *hclschema.Object
	publicChanged bool
	// ownFamilies are operator families that are no objects, by oid.
	ownFamilies map[uint32]ownFamily
	// casts says that there are casts.
	casts bool
	// uses are columns that other objects read (see followUses).
	uses []use
}

// inspect reads everything that people made.
func inspect(ctx context.Context, c *connection) (*drivers.Inspection, error) {
	r := &reader{conn: c, state: hclschema.NewState(Driver{}.Key), schemas: map[uint32]string{}, at: map[address]*hclschema.Object{}, columns: map[address]*hclschema.Object{}, origins: map[address]address{}, names: map[address]string{}, parts: map[uint32][]indexPart{}, ownFamilies: map[uint32]ownFamily{}}
	all := readings(c.managesPrivileges)
	batch := &pgx.Batch{}
	for _, reading := range all {
		sql := forVersion(reading.sql, c.version)
		if c.alone {
			sql = inDefaultSchema(sql, c.pinnedSchema())
		}
		batch.Queue(sql)
	}
	inner, done := c.kept(ctx)
	defer done()
	results := c.session.SendBatch(inner, batch)
	for _, reading := range all {
		if err := r.take(results, reading); err != nil {
			_ = results.Close() // the error before it is what counts
			return nil, fmt.Errorf("read the %s of %s: %w", reading.of, c.Where(), interrupted(ctx, err))
		}
	}
	if err := results.Close(); err != nil {
		return nil, err
	}
	r.followUses()
	settleTexts(r.state)
	if r.casts {
		Driver{}.Link(r.state) // the catalogue knows a cast's function in an expression, and not the cast
	}
	r.findBases()
	r.findRanges()
	if err := r.settleDefaultSchema(); err != nil {
		return nil, err
	}
	if c.managesPrivileges {
		noteCreated(r.state)
	}
	return &drivers.Inspection{State: r.state, Unread: r.unread}, nil
}

// newerThanOldest are expressions of the queries that came with a version, and what stands in their place before it.
func newerThanOldest() []newer {
	return []newer{
		{standardBodies, "pg_get_function_sqlbody(p.oid)", "NULL"},
		{140000, "a.attcompression", "''"},
		{150000, "i.indnullsnotdistinct", "false"},
		{140000, "pg_get_statisticsobjdef_expressions(s.oid)", "NULL::text[]"},
		{150000, "r.prattrs", "NULL"},
		{150000, "pg_get_expr(r.prqual, r.prrelid)", "NULL"},
		{150000, "pg_publication_namespace m", "(SELECT 0::oid AS oid, 0::oid AS pnpubid, 0::oid AS pnnspid LIMIT 0) m"},
		{150000, "o.confdelsetcols", "NULL::int2[]"},
		{180000, "o.conenforced", "true"},
		{180000, "o.conperiod", "false"},
	}
}

type newer struct {
	since        int
	expr, before string
}

// standardBodies is the version that brought bodies in standard SQL.
const standardBodies = 140000

// withoutComment takes the lines off with which a query begins and that are for people: not every database's encoding has
// all of their characters.
func withoutComment(sql string) string {
	for strings.HasPrefix(sql, "--") {
		_, sql, _ = strings.Cut(sql, "\n")
	}
	return sql
}

// forVersion is a query without what a server's version doesn't have.
func forVersion(sql string, version int) string {
	sql = withoutComment(sql)
	for _, n := range newerThanOldest() {
		if version < n.since {
			sql = strings.ReplaceAll(sql, n.expr, n.before)
		}
	}
	return sql
}

func (r *reader) take(results pgx.BatchResults, reading reading) error {
	rows, err := results.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := reading.row(r, rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// object makes an object with its comment.
func (r *reader) object(id hclschema.Identity, comment string) *hclschema.Object {
	o := &hclschema.Object{Identity: id, Properties: hclschema.Properties{}}
	if comment != "" {
		o.Properties[hclschema.PropComment] = hclschema.Text(comment)
	}
	return o
}

// schema is a schema's name in identities: empty for the default one.
func (r *reader) schema(name string) string {
	if name == r.conn.defaultSchema {
		return ""
	}
	return name
}

// add puts an object into the state, to be found under its address. The version table and its log are left out.
func (r *reader) add(at address, o *hclschema.Object) error {
	if (Driver{}).Internal(o.Identity, r.conn.versionTable) || r.hides(o.Identity) {
		return nil
	}
	r.at[at] = o
	return r.state.Add(o)
}

// alias lets an object be found under another address too.
func (r *reader) alias(other, at address) {
	if o := r.at[at]; o != nil {
		r.at[other] = o
	}
}

// cannot notes an object that exists and isn't carried. reason completes "table t can't be carried: …".
func (r *reader) cannot(id hclschema.Identity, reason string) {
	if r.hides(id) {
		return
	}
	r.unread = append(r.unread, drivers.Unread{Identity: id, Reason: reason})
}

// hides says that an object belongs to another tenant, or another scratch, in the same database.
func (r *reader) hides(id hclschema.Identity) bool {
	schema := id.Schema
	if id.Kind == hclschema.KindSchema {
		schema = id.Name
	}
	return r.conn.hides(schema)
}

// readDependency notes that one object needs another. That parts need what they belong to goes without saying.
func readDependency(r *reader, scan func(...any) error) error {
	var from, to address
	if err := scan(&from.class, &from.oid, &from.sub, &to.class, &to.oid, &to.sub); err != nil {
		return err
	}
	o, needed := r.find(from), r.find(to)
	if o != nil && needed != nil {
		r.noteUse(o, needed)
	}
	needs(o, needed)
	if o != nil && o.Identity.Kind != hclschema.KindColumn {
		for origin, inherited := r.origins[to]; inherited; origin, inherited = r.origins[origin] {
			needs(o, r.at[origin])
		}
	}
	return nil
}

// needs notes that one object needs another, where both are there.
func needs(o, needed *hclschema.Object) {
	if o == nil || needed == nil || o == needed || isParent(needed.Identity, o.Identity) || slices.Contains(o.DependsOn, needed.Identity) {
		return
	}
	o.DependsOn = append(o.DependsOn, needed.Identity)
}

// find is the object at an address, for a column that is no object of its own the whole it belongs to.
func (r *reader) find(at address) *hclschema.Object {
	if o := r.at[at]; o != nil {
		return o
	}
	at.sub = 0
	return r.at[at]
}

func isParent(parent, part hclschema.Identity) bool {
	return parent.Parent == "" && part.Parent == parent.Name && part.Schema == parent.Schema
}

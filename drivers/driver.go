package drivers

import (
	"context"
	"time"

	"github.com/duo-orm/duo-orm/hclschema"
)

// Driver is one dialect. What it knows without a connection is pure: the same input gives the same bytes.
type Driver interface {
	hclschema.Dialect
	Linker
	Renderer
	Connector
}

// Provider is implemented where objects bring along what no state holds, so that nothing tells who needs them: an extension its
// functions, operators and how its types are compared.
type Provider interface {
	// Provides says that objects of the kind do.
	Provides(kind string) bool
}

// Linker knows how objects hang together.
type Linker interface {
	// Link fills in DependsOn of every object of the state from what its texts name: the tables of a view's query, the
	// target of a foreign key. Where the engine keeps no record of dependencies the answer may hold too much, never too little.
	Link(state *hclschema.State)
	// Unit is the identity of the unit that an object is planned with: a table for its columns, keys and indexes; the
	// object itself for a view or a trigger. A unit's own Unit is itself.
	Unit(id hclschema.Identity) hclschema.Identity
	// Namespaces name the spaces in which the engine wants an object's name to be unique, the folded name included; none where
	// it wants nothing. A table and a view of one name collide: "relation users".
	Namespaces(id hclschema.Identity) []string
	// HoldsRows says that replacing an object of this kind would lose rows: a table, a virtual table.
	HoldsRows(id hclschema.Identity) bool
	// ChecksReferences says that the engine wants to find what a statement refers to when it makes an object. SQLite looks
	// for the tables of a view or a foreign key when they are used.
	ChecksReferences() bool
}

// Unit is a unit's objects, the unit's own object first, then the rest in the order of the state.
type Unit []*hclschema.Object

// Identity is the identity of the unit.
func (u Unit) Identity() hclschema.Identity { return u[0].Identity }

// Renderer writes SQL. Its methods take normalised objects or ones that models have just declared.
type Renderer interface {
	// Create makes a unit with all its parts.
	Create(unit Unit) ([]Step, error)
	// Drop removes it with all its parts.
	Drop(unit Unit) ([]Step, error)
	// DropHazards are the losses of dropping a unit for good, and what stands against it.
	DropHazards(drop UnitDrop) []Hazard
	// Alter leads from one unit to the other, which have the same identity, keeping rows. What it can't do, it doesn't
	// claim.
	Alter(change UnitChange) (Alteration, error)
	// Rename gives objects that have other names the names that they should have: To.Identity is wanted, From is what is
	// there. Units come before their parts; a part's From and To stand in a unit that has its new name already. A case-only
	// change is a rename too.
	Rename(renames []Rename, state *hclschema.State) ([]Step, error)
}

// Rewriter is a driver whose engine rewrites texts that have nothing to do with it when it drops or renames a column in place.
type Rewriter interface {
	// Rewritten are the units that have such texts, in the order of the state.
	Rewritten(state *hclschema.State) []hclschema.Identity
}

// Detacher is a driver whose engine refuses to drop or change what others depend on, so that those parts of units with rows
// have to be out of the way meanwhile: the default of a column that calls a function, a check, a foreign key.
type Detacher interface {
	// Without is a part of a unit as it can be while an object that it depends on is dropped and made again, or changed where
	// dropped is false: nil for a part that can be left out and added again, a changed copy, or the part itself where it isn't
	// concerned. It is not ok where the part can't do without the other.
	Without(part *hclschema.Object, gone hclschema.Identity, dropped bool) (rest *hclschema.Object, ok bool)
	// Bears says that a part can stay while another part of its unit, on which it depends, is as Without left it.
	Bears(part, of, rest *hclschema.Object) bool
}

// Placer is a driver whose engine gives objects places that must not overlap, such as partitions: those that change theirs have
// to leave them all before one takes another.
type Placer interface {
	// Displaced is an object without the place that it leaves for another one, or that another one needs, which end finds; nil
	// where it doesn't.
	Displaced(before, after *hclschema.Object, end func(hclschema.Identity) *hclschema.Object) *hclschema.Object
}

// Stager is a driver whose engine doesn't let several units change together that share something, such as a table and its
// children: a plan goes through states between.
type Stager interface {
	// Stage is the state to go for next on the way from one state to another, itself as the engine reads it; nil, or one from
	// which nothing differs, where the way can go on to the end. It may have units that are at neither end.
	Stage(from, to *hclschema.State) *hclschema.State
	// Obstacles are the hazards of the whole way that belong to no change of a single unit: rows that have no place among
	// partitions as they will be. live is all of the database, from and to that part of both ends that has to do with the plan.
	Obstacles(live, from, to *hclschema.State) []Hazard
	// Bare says that a unit of the start, of a kind that holds rows, has none by what it is, and so can be dropped and made again:
	// a partitioned table whose partitions have left it.
	Bare(unit Unit, from, to *hclschema.State) bool
	// Saved says that another unit of the start holds the rows of a unit meanwhile: they aren't lost with it.
	Saved(unit Unit, from *hclschema.State) bool
}

// Spreader is a driver whose units change with others: a table whose rows go to other partitions.
type Spreader interface {
	// Spread are the units that are concerned besides where one changes, although they are the same at both ends; nil for none.
	Spread(changed hclschema.Identity, current, desired *hclschema.State) []hclschema.Identity
}

// Keeper is a driver whose engine forgets, with an object that is dropped, what models don't tell of it: its privileges.
type Keeper interface {
	// Keep gives a unit that was dropped and made again what it had besides. Where a way back makes something again that the way
	// there dropped, before is nil, and after may be a part alone. What comes in the place of an object of another kind that has the
	// name, such as a materialized view in that of a view, gets what is given to both kinds.
	Keep(before, after Unit) ([]Step, error)
}

// Follower is a driver whose engine names objects after others, which have to follow a rename: the sequence of a serial column.
type Follower interface {
	// Follow are the renames of units that go with the renames that were asked for.
	Follow(renames []Rename, current, desired *hclschema.State) []Rename
}

// Namer is a driver whose objects take more names than their own, or than their identities tell: a primary key's, that of the
// sequence of an identity.
type Namer interface {
	// Names are the names that an object takes, each with its space.
	Names(o *hclschema.Object) []string
}

// Names are the names that nothing else can have as long as an object is there.
func Names(driver Driver, o *hclschema.Object) []string {
	if namer, ok := driver.(Namer); ok {
		return namer.Names(o)
	}
	return driver.Namespaces(o.Identity)
}

// Exchanger is a driver that renames parts of units by itself, and has to where they have each other's names.
type Exchanger interface {
	// Exchange gives those parts their names, so that the two states differ in no such names any more.
	Exchange(from, to *hclschema.State) ([]Step, error)
}

// Judge is a driver that has more to say of two states than what differs: what models ask for and no state tells.
type Judge interface {
	// Judge is an error where the models ask of something that is there what can't be planned.
	Judge(current, models *hclschema.State) error
}

// Surveyor is a connection that looks, before anything is planned, whether what a state refers to and no plan makes is on its
// server: roles.
type Surveyor interface {
	// Survey returns a *MissingRolesError where roles are missing.
	Survey(ctx context.Context, state *hclschema.State) error
}

// PrivilegeManager is a connection whose states tell owners and privileges where OpenOptions ask for it.
type PrivilegeManager interface {
	// ManagesPrivileges says that they do.
	ManagesPrivileges() bool
}

// ServerScratch is a driver that makes scratch databases on the live database's server.
type ServerScratch interface {
	// ScratchNeedsServer says that Scratch wants a live connection, also to prove what has nothing to do with its database.
	ScratchNeedsServer() bool
}

// Arranger is a driver that sees only in a whole plan how a step has to run: a value that is added to an enum needs no
// transaction of its own where no other step speaks of it.
type Arranger interface {
	// Arrange returns the steps of one direction as they are to run.
	Arrange(steps []Step) []Step
}

// Divider is a driver whose engine keeps a lock for each object until the transaction ends, and has room for so many: plans of more
// objects are divided into several transactions.
type Divider interface {
	// Locks is about how many a transaction keeps that makes, changes or drops the unit.
	Locks(unit Unit) int
	// Room is how many a plan's transaction may keep.
	Room() int
	// Divide is the step that ends a transaction, so that the next one begins behind it. It does nothing, and may be done twice.
	Divide() Step
}

// Resumer is a driver that finds out in the database what is left to do of a step that stands alone and was cut off.
type Resumer interface {
	// Resume are the statements that do the rest: none where the step was done, the step itself where nothing of it is there,
	// and before it what takes away a half that it has left. It is not known where the database doesn't tell.
	Resume(ctx context.Context, conn Connection, sql string) (statements []string, known bool, err error)
}

// Batcher is a driver that can tell a range of rows in a statement, so that changes of many rows go in batches.
type Batcher interface {
	// LiteralOf is an SQL expression whose value is a text: the literal that stands for the value of another expression.
	LiteralOf(expression string) string
}

// Postponer is a driver that finds in the engine's errors what a statement needs. Models don't tell all of it, and so a
// statement that came too early is tried again after the others.
type Postponer interface {
	// Premature says that a statement failed because something isn't there, perhaps not yet.
	Premature(err error) bool
}

// TableNamer is a driver whose version table may lie in a schema beside the default one: version_table = "meta.revisions".
type TableNamer interface {
	// TableName writes the name of the version table, or of its log, as SQL.
	TableName(name string) string
}

// Housing is a driver one of whose databases can hold many tenants, each in a schema of its own.
type Housing interface {
	// SchemaURL is the URL that makes a schema the default one of the database at a URL. A URL that chooses a schema itself, and a
	// schema that is the engine's own, are an error.
	SchemaURL(url, schema string) (string, error)
}

// Mover is a connection of a Housing driver that can go on in another schema.
type Mover interface {
	// Move makes a schema the default one, and leaves nothing of the one before: no lock, no setting, no temporary table. No
	// transaction may be open. A schema that isn't there is an *UnreachableError. After any error only Close is of use.
	Move(ctx context.Context, schema string) error
}

// TableName writes the name of the version table, or of its log, as SQL.
func TableName(driver Driver, name string) string {
	if namer, ok := driver.(TableNamer); ok {
		return namer.TableName(name)
	}
	return driver.QuoteName(name)
}

// Rename is one object's change of name.
type Rename struct {
	From, To hclschema.Identity
}

// Moves says that an object that stands by itself gets into another schema; what belongs to a table goes with it.
func (r Rename) Moves() bool { return r.To.Parent == "" && r.From.Schema != r.To.Schema }

// UnitDrop is a unit that goes for good.
type UnitDrop struct {
	Unit Unit
	// Left are the parts of other units that depend on it and stay.
	Left []*hclschema.Object
	// Start finds an object of any unit as it is before the change, renames done; nil where there is none.
	Start func(hclschema.Identity) *hclschema.Object
}

// UnitChange is what differs between two states of one unit.
type UnitChange struct {
	Before, After Unit
	Changes       []Change
	// Back says that the change is part of the way back: what it adds was there once, and its values are lost.
	Back bool
	// Whole is the unit as it will be in the end, with the parts that are out of the way while others change; After lacks those.
	Whole Unit
	// Dependents are the parts of other units at the start that depend on a part of this one, in order.
	Dependents []*hclschema.Object
	// KeepTexts says that the database has texts that a Rewriter's engine would rewrite.
	KeepTexts bool
	// Start finds an object of any unit as it is before the change, renames done; nil where there is none. A nil Start
	// knows nothing.
	Start func(hclschema.Identity) *hclschema.Object
	// End finds an object of any unit as it will be; nil where there will be none, and where nothing is known.
	End func(hclschema.Identity) *hclschema.Object
}

// Change is what happens to one object. Before is nil for one that is added, After for one that is dropped.
type Change struct {
	Before, After *hclschema.Object
	// Properties are the names of the properties that differ, sorted; empty for an added or dropped object.
	Properties []string
}

// Identity is that of the object, as it will be where it stays.
func (c Change) Identity() hclschema.Identity {
	if c.After != nil {
		return c.After.Identity
	}
	return c.Before.Identity
}

// Alteration is a driver's answer to a UnitChange.
type Alteration struct {
	// Steps in the order in which they run; none where Claims is empty.
	Steps []Step
	// Claims are the changes that Steps carry out. The planner replaces the unit, or refuses, where one of the changes
	// (or one of its properties) isn't claimed.
	Claims []Claim
	// Disturbs says that another unit does not survive these steps and must be dropped before them and made again after
	// them: a trigger of a table that is rebuilt. Nil means none. A Detacher is asked about parts of units with rows too, such
	// as a foreign key, which are then out of the way meanwhile.
	Disturbs func(dependent *hclschema.Object) bool
	// Adds says that the steps only add to the unit, as values to an enum: what needed it can go later, and what needs it waits for them.
	Adds bool
	// Hazards are what could go wrong or get lost, with queries that count it.
	Hazards []Hazard
	// Replaced are the hazards of dropping the unit and making it again, where not all is claimed.
	Replaced []Hazard
}

// Claim says that a change of an object is carried out: of one property, or with Property empty of the object being
// added or dropped.
type Claim struct {
	Identity hclschema.Identity
	Property string
}

// Step is one statement of a plan.
type Step struct {
	// Name is what the step does in a few words: "create table posts", "rebuild table users: copy rows".
	Name string
	// SQL is one statement without a final semicolon, formatted for review, one clause a line.
	SQL string
	// Makes and Drops are the units that exist from this step on, or no longer.
	Makes, Drops []hclschema.Identity
	// Changes are tables whose rows the step changes on purpose: those for declared rows, and steps that people write.
	Changes []hclschema.Identity
	// Destroys says what is lost for good: "the rows of posts". Empty where nothing is.
	Destroys string
	// Because tells the reason of a decision that was taken: "declared with renamed_from".
	Because string
	// OwnTransaction says that the engine won't run the step in a transaction.
	OwnTransaction bool
	// ForeignKeysOff says that the whole revision must run with foreign keys unenforced (SQLite).
	ForeignKeysOff bool
	// Lock is what others must wait for, in the engine's words; empty for none.
	Lock string
	// Unit is what the step works on. The planner fills it in.
	Unit hclschema.Identity
}

// ValueJudge is implemented where the engine alone can tell whether a value becomes one of another type.
type ValueJudge interface {
	// Unfit says that a query failed because of a value that it came to, and what the engine says about it.
	Unfit(err error) (reason string, unfit bool)
}

// HazardKind tells hazards apart.
type HazardKind string

// The kinds of hazards.
const (
	// Destroys: rows or values are lost for good.
	Destroys HazardKind = "destroys"
	// Violates: rows would break the target, and the step would fail. Where the count isn't zero, create refuses.
	Violates HazardKind = "violates"
	// Converts: values may be changed by a cast.
	Converts HazardKind = "converts"
	// Loses: parts of values are lost by a cast, and no way back brings them again. Text says which, as that of Destroys does; a
	// step that says that it destroys just that doesn't where none is counted.
	Loses HazardKind = "loses"
	// Rewrites: the table is rewritten while others wait.
	Rewrites HazardKind = "rewrites"
	// Overwrites: rows are changed or deleted, since models declare others. The way back brings them back.
	Overwrites HazardKind = "overwrites"
)

// Hazard is something that a person should know before a plan runs, with the evidence from the live database.
type Hazard struct {
	Kind   HazardKind
	Object hclschema.Identity
	// Text says of the object, without numbers and without its name: "becomes NOT NULL". Of a Destroys hazard it is what gets
	// lost: "the values of users.mail".
	Text string
	// CountSQL, if set, returns one integer: the rows concerned. TotalSQL, if set, returns the rows of the table. Both use
	// the names of the live database (see hclschema.Object.Live).
	CountSQL, TotalSQL string
	// TrySQL, if set in place of CountSQL, returns one row, or fails at the first value that stands against the step; what the
	// engine says then is added to Text, and Rows is 1: at least that one.
	TrySQL string
	// ExactSQL, if set beside TrySQL, returns the rows that this fails at, on servers that know how; elsewhere it fails.
	ExactSQL string
	// EachSQL, if set beside TrySQL, converts one value after another, for servers that don't know ExactSQL, and changes nothing; then
	// EachCountSQL returns the rows that failed, in the same session, and whether all were looked at: it takes a bounded time.
	EachSQL, EachCountSQL string
	// Rows and Total are filled in by the planner; -1 where nothing was counted.
	Rows, Total int64
	// IfCounted says that it is told only where the live database can be asked about it: what it speaks of may be of a state in between.
	IfCounted bool
	// IfAgainst says that it is told only where a row is against it, which is hardly ever so.
	IfAgainst bool
	// WaysOut are what a person can do about a Violates hazard, each a sentence.
	WaysOut []string
}

// Connector opens databases.
type Connector interface {
	// Schemes are the URL schemes that lead here: "sqlite".
	Schemes() []string
	// Open connects. Errors never hold a password; one that no server or file could be reached is an *UnreachableError.
	Open(ctx context.Context, url string, options OpenOptions) (Connection, error)
	// Scratch makes a throwaway database of the same engine and version as the live one, empty, dropped by Close. live may
	// be nil where the engine needs no server.
	Scratch(ctx context.Context, live Connection, url string) (Connection, error)
	// VersionTable are the statements that make the version table and its log where they are missing.
	VersionTable(name string) []string
	// Internal says that an object is the engine's or duo-orm's own (the version table of that name, its log): it is
	// never part of a state. Inspect leaves it out already for the table named in OpenOptions.
	Internal(id hclschema.Identity, versionTable string) bool
}

// OpenOptions are chosen by the project and the command.
type OpenOptions struct {
	// ReadOnly promises that nothing will be written; the database is not made where it is missing.
	ReadOnly bool
	// Create allows a database file to be made (SQLite). Otherwise a missing one opens as an empty database that is never written.
	Create bool
	// Root is the folder that relative paths in URLs start from.
	Root string
	// VersionTable is the name of the version table, left out of inspection with its log.
	VersionTable string
	// LockWait is how long somebody else's lock is waited for.
	LockWait time.Duration
	// LockTimeout is how long one statement of a revision waits for a lock of a table, where the engine lets others wait behind
	// it; 0 for the driver's own time.
	LockTimeout time.Duration
	// ManagePrivileges makes owners and privileges part of what Inspect reads, as project files ask for; otherwise plans keep them.
	ManagePrivileges bool
	// Alone leaves out of Inspect what lies in other schemas than the default one: others' tenants.
	Alone bool
	// Waiting, if not nil, is called with what Where says before the connection begins to wait in Open or while it reads.
	Waiting func(where string)
}

// Connection is one session with one database; steps, lock and records all use it. It is not safe for concurrent use.
type Connection interface {
	// Where names the database for people: "SQLite database app.db", never with a password.
	Where() string
	// Server is the engine with its version: "SQLite 3.50.4".
	Server() string
	// Missing says that there is no database yet: a SQLite file that upgrade would make.
	Missing() bool
	// Relation is what the default schema has under a name: "table", "view", or empty for nothing.
	Relation(ctx context.Context, name string) (string, error)
	// Inspect reads everything. A fixed number of queries, whatever the number of objects.
	Inspect(ctx context.Context) (*Inspection, error)
	// Try has the engine compile every view and trigger of the state, which is what Inspect returned, and returns those
	// that are broken.
	Try(ctx context.Context, state *hclschema.State) ([]Broken, error)
	// Exec runs one statement. Parameters are bound to the ? marks in it.
	Exec(ctx context.Context, sql string, args ...any) (int64, error)
	// Query runs one query and calls row for each row with a function like sql.Rows.Scan.
	Query(ctx context.Context, sql string, args []any, row func(scan func(...any) error) error) error
	// Begin starts the transaction of a revision and takes the lock that keeps other upgraders out. *LockedError after
	// LockWait. waiting, if not nil, is called once when the lock isn't free at once.
	Begin(ctx context.Context, options BeginOptions, waiting func()) error
	// Commit checks what must be checked (foreign keys) and ends the transaction. On an error the transaction is rolled back.
	Commit(ctx context.Context) error
	// Rollback ends the transaction without effect; it is safe to call when none is open.
	Rollback() error
	Close() error
}

// BeginOptions are chosen for each revision.
type BeginOptions struct {
	// ForeignKeysOff runs the transaction without enforcing foreign keys; Commit then compares violations with those
	// that were there before and fails with a *ForeignKeyError on new ones.
	ForeignKeysOff bool
	// ReadOnly begins a transaction that only reads and takes no lock.
	ReadOnly bool
	// Hold keeps the lock after Commit or Rollback, where the engine can: for a step that stands alone. The next transaction
	// on the connection that doesn't say so gives it back at its end, as does Close.
	Hold bool
}

// Inspection is what a database holds.
type Inspection struct {
	State *hclschema.State
	// Unread are the objects that exist but can't be carried, with the reason.
	Unread []Unread
}

// Unread is an object of the database that was recognised but not read in full.
type Unread struct {
	Identity hclschema.Identity
	// Reason completes the sentence "table t can't be carried: …".
	Reason string
}

// Broken is a view or trigger that the engine can't compile.
type Broken struct {
	Identity hclschema.Identity
	// Message is the engine's.
	Message string
}

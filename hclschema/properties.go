package hclschema

// The kinds of objects, as blocks of models and as the Kind of an Identity.
const (
	KindTable        = "table"
	KindColumn       = "column"
	KindPrimaryKey   = "primary_key"
	KindUnique       = "unique"
	KindForeignKey   = "foreign_key"
	KindCheck        = "check"
	KindIndex        = "index"
	KindView         = "view"
	KindTrigger      = "trigger"
	KindVirtualTable = "virtual_table"

	// PostgreSQL
	KindSchema             = "schema"             // Name alone; the default schema has none
	KindExclude            = "exclude"            // part of a table
	KindMaterialized       = "materialized"       // a materialized view
	KindMaterializedIndex  = "materialized_index" // its index, in models an index block in materialized
	KindEnum               = "enum"
	KindDomain             = "domain"
	KindComposite          = "composite"
	KindRange              = "range"
	KindCollation          = "collation"
	KindSequence           = "sequence"
	KindField              = "field" // of a composite type; KindValue is one of an enum: no objects, but names that can be changed
	KindValue              = "value"
	KindSequenceOwner      = "owner"    // part of a sequence: the column that it is dropped with; its name is empty
	KindFunction           = "function" // Name: "add(integer, integer)", the types of the input arguments
	KindProcedure          = "procedure"
	KindAggregate          = "aggregate"
	KindOperator           = "operator" // Name: "+(integer, money)", NONE for a missing side
	KindCast               = "cast"     // Name: "(text AS status)"
	KindPolicy             = "policy"   // Parent is the table; a unit of its own
	KindRule               = "rule"     // Parent is the table or view; a unit of its own
	KindEventTrigger       = "event_trigger"
	KindExtension          = "extension"
	KindPublication        = "publication"
	KindStatistics         = "statistics" // extended statistics; Parent is empty, the table is in its property on
	KindTextSearchConfig   = "text_search_configuration"
	KindTextSearchDict     = "text_search_dictionary"
	KindTextSearchParser   = "text_search_parser"
	KindTextSearchTmpl     = "text_search_template"
	KindForeignDataWrapper = "foreign_data_wrapper"
	KindServer             = "server"          // a foreign server
	KindUserMapping        = "user_mapping"    // Name: "app on files"; the role is empty for PUBLIC
	KindForeignTable       = "foreign_table"   // its columns are in its property fields, its checks in checks: it has no rows of its own
	KindOperatorClass      = "operator_class"  // Name: "int_ops USING btree"
	KindOperatorFamily     = "operator_family" // the same; one that its only class made along with itself is no object
	KindAccessMethod       = "access_method"
	KindConversion         = "conversion"
	KindLanguage           = "language"
	KindTransform          = "transform"          // Name: "hstore for plpython3u"
	KindPermission         = "permission"         // where the project manages privileges
	KindDefaultPermission  = "default_permission" // the same, ALTER DEFAULT PRIVILEGES
)

// The properties of objects. An absent property is the default. "Spelled" and the like is the Value's type.
const (
	// table
	PropStrict       = "strict"        // Bool
	PropWithoutRowid = "without_rowid" // Bool
	PropComment      = "comment"       // Text; every kind, where the engine has comments

	// column
	PropType           = "type"             // Spelled, the engine's type; absent for a SQLite column without a type
	PropNull           = "null"             // Bool: true where NULL is allowed. SQLite: absent on the columns of a rowid key that say nothing
	PropBeside         = "beside"           // Bool; of the schema that has the default one's usual name where that has another
	PropDefault        = "default"          // Spelled: the text behind DEFAULT, outer parentheses of an expression left out of Canonical
	PropGenerated      = "generated"        // Spelled: the expression, without outer parentheses
	PropGeneratedType  = "generated_type"   // Text: STORED or VIRTUAL; set whenever generated is
	PropCollate        = "collate"          // Spelled
	PropAutoIncrement  = "auto_increment"   // Bool
	PropNullOnConflict = "null_on_conflict" // Text: ROLLBACK, FAIL, IGNORE, REPLACE (ABORT is the default: absent)
	PropNullName       = "null_name"        // Text: the name of a NOT NULL constraint
	PropDefaultName    = "default_name"     // Text: the name of a DEFAULT
	PropCollateName    = "collate_name"     // Text
	PropGeneratedName  = "generated_name"   // Text

	// primary_key (Identity.Name is empty, one a table), unique, index
	PropColumns    = "columns"     // List of Record{column Spelled | expr Spelled; desc Bool; collate Spelled}; the parts in order
	PropOnConflict = "on_conflict" // Text, as null_on_conflict; also check
	PropName       = "name"        // Text: the name of a primary key constraint
	PropInline     = "inline"      // Bool: SQLite's quirk that "x INTEGER PRIMARY KEY DESC" behind a column is no rowid; set in that case only
	PropUnique     = "unique"      // Bool: of an index
	PropWhere      = "where"       // Spelled: of an index

	// foreign_key (columns: List of Spelled)
	PropRefTable   = "ref_table"   // Spelled: the table's name
	PropRefColumns = "ref_columns" // List of Spelled; absent where the statement names none
	PropOnUpdate   = "on_update"   // Text: CASCADE, SET_NULL, SET_DEFAULT, RESTRICT (NO_ACTION: absent)
	PropOnDelete   = "on_delete"   // Text
	PropMatch      = "match"       // Text: the word behind MATCH, upper case
	PropDeferrable = "deferrable"  // Text: INITIALLY_DEFERRED, INITIALLY_IMMEDIATE; absent: not deferrable

	// check
	PropExpr = "expr" // Spelled, without outer parentheses

	// view, trigger
	PropAs          = "as"           // Spelled: the query; of a trigger the body, BEGIN … END included
	PropViewColumns = "view_columns" // List of Spelled: the names in CREATE VIEW v(a, b)
	PropTiming      = "timing"       // Text: BEFORE, AFTER, INSTEAD_OF
	PropEvent       = "event"        // Text: INSERT, UPDATE, DELETE
	PropUpdateOf    = "update_of"    // List of Spelled
	PropWhen        = "when"         // Spelled, without outer parentheses

	// virtual_table
	PropModule    = "module"    // Spelled
	PropArguments = "arguments" // List of Spelled: each argument's text, trimmed
)

// The properties of objects that PostgreSQL adds. A name of another object is Spelled with Text as the engine writes it where
// the default schema is the search_path: users, sales.orders, "Odd name".
const (
	// every kind that has an owner, where the project manages privileges
	PropOwner = "owner" // Text: a role, absent for the one that the session works as

	// every kind that has privileges (SortOf), in such projects: lists of grants (see Grants), of those that don't have what the
	// engine gives by itself; also permission (the default schema's) and default_permission
	PropPrivileges         = "privileges"
	PropColumnPrivileges   = "column_privileges"   // Record of lists of grants by column, of columns that are no objects: those of views and of partitions
	PropSequencePrivileges = "sequence_privileges" // of a column: the grants of its identity's sequence
	PropInSchema           = "in_schema"           // Bool: default permissions of one schema
	PropMadeBy             = "made_by"             // Text: the role whose new objects default permissions are for

	// table
	PropUnlogged        = "unlogged"         // Bool; also sequence
	PropStorageParams   = "storage_params"   // Record of Text by parameter: fillfactor "70"; also index, materialized, and with the prefix toast. of toast tables
	PropTablespace      = "tablespace"       // Text; also index, materialized
	PropIndexComment    = "index_comment"    // Text: of a constraint, the comment on its index
	PropAccessMethod    = "access_method"    // Text; absent for heap; also materialized
	PropInherits        = "inherits"         // List of Spelled: the parents' names
	PropPartition       = "partition"        // Record{type Text RANGE|LIST|HASH, by List of parts as in columns (column|expr, collate, ops)}
	PropPartitionOf     = "partition_of"     // Spelled: the parent's name
	PropBounds          = "bounds"           // Spelled: "FOR VALUES FROM (1) TO (10)" or "DEFAULT", as pg_get_expr writes relpartbound
	PropIndexNames      = "index_names"      // Record of Text by the name of the partitioned table's index: the names of a partition's indexes that aren't the engine's own
	PropIndexSettings   = "index_settings"   // likewise, of Records{comment Text, storage_params Record, tablespace Text, statistics List of Int}: what the partition's own have for themselves
	PropReplicaIdentity = "replica_identity" // Text: FULL, NOTHING, or the name of an index behind "index "; absent for the primary key
	PropRowSecurity     = "row_security"     // Record{enabled Bool, enforced Bool}
	PropClusterOn       = "cluster_on"       // Text: the name of the index it was clustered on
	PropOfType          = "of_type"          // Spelled: a typed table's type

	// column
	PropIdentity    = "identity"    // Record{generated Text ALWAYS|BY_DEFAULT, start, increment, min_value, max_value, cache Int, cycle Bool}; what is PostgreSQL's default is absent
	PropStorage     = "storage"     // Text: PLAIN, MAIN, EXTERNAL, EXTENDED where it isn't the type's own
	PropCompression = "compression" // Text: pglz, lz4; default where a parent has one and the column hasn't
	PropStatistics  = "statistics"  // Int: the statistics target; also of an index's part in its record
	PropOptions     = "options"     // Record of Text: n_distinct and the like
	PropInherited   = "inherited"   // Bool: the column comes from a parent and differs from it in default, null, storage or the like; also trigger

	// primary_key, unique, exclude, index: parts in PropColumns have also ops Spelled (with parameters), nulls_first Bool, nulls_last Bool (only where not
	// what desc implies), op Text (exclude), statistics Int
	PropInclude       = "include"           // List of Spelled: columns
	PropNullsDistinct = "nulls_distinct"    // Bool(false) alone: NULLS NOT DISTINCT
	PropIndexType     = "index_type"        // Text: the access method where it isn't btree; written as type in models
	PropNotValid      = "not_valid"         // Bool: of a check or foreign key
	PropNoInherit     = "no_inherit"        // Bool: of a check
	PropDeleteColumns = "on_delete_columns" // List of Spelled: SET NULL (a) of a foreign key
	PropRefSchema     = "ref_schema"        // Text: the schema of a foreign key's table where it isn't the default one; ref_table is the bare name
	PropParentIndex   = "parent_index"      // Spelled: the index or constraint of the partitioned table that it is attached to, where its name isn't the engine's own

	// view, materialized
	PropCheckOption    = "check_option"     // Text: LOCAL, CASCADED
	PropSecurity       = "security"         // Text: INVOKER or DEFINER; of a view INVOKER alone
	PropBarrier        = "security_barrier" // Bool
	PropOptionWords    = "option_words"     // Record of texts by option of a view: what stands there in the place of true, such as on, or false
	PropColumnComments = "column_comments"  // Record of Text by column
	PropColumnSettings = "column_settings"  // materialized: Record by column of Records{storage, compression, statistics, options} as of a table's
	PropColumnDefaults = "column_defaults"  // Record of Spelled by column
	PropNoData         = "no_data"          // Bool: a materialized view that isn't populated

	// enum, domain, composite, range, collation
	PropValues        = "values"        // List of Text
	PropChecks        = "checks"        // Record of Record{expr Spelled, not_valid Bool, comment Text} by name, of a domain
	PropFields        = "fields"        // List of Record{name Text, type Spelled, collate Spelled, comment Text}
	PropSubtype       = "subtype"       // Spelled
	PropSubtypeOps    = "subtype_ops"   // Spelled
	PropSubtypeDiff   = "subtype_diff"  // Spelled
	PropCanonical     = "canonical"     // Spelled
	PropMultirange    = "multirange"    // Text: the name of the multirange type where it isn't the engine's own
	PropLocale        = "locale"        // Text
	PropProvider      = "provider"      // Text: icu, libc, builtin
	PropDeterministic = "deterministic" // Bool(false) alone
	PropLcCollate     = "lc_collate"    // Text: with lc_ctype instead of locale, where they differ
	PropLcCtype       = "lc_ctype"      // Text
	PropRules         = "rules"         // Text
	PropFrom          = "from"          // Spelled: the collation to copy; of models alone, the engine forgets it

	// sequence
	PropStart     = "start"     // Int; what is PostgreSQL's default for the type and direction is absent, in all of these
	PropIncrement = "increment" // Int
	PropMinValue  = "min_value" // Int
	PropMaxValue  = "max_value" // Int
	PropCache     = "cache"     // Int
	PropCycle     = "cycle"     // Bool
	// of an identity alone: Text, the name of its sequence where it isn't the engine's own
	PropSequenceName = "sequence_name"
	PropOwnedBy      = "owned_by" // of the part owner alone: Record{table, column Text}, in the sequence's schema (see SequenceOwner); written as owner = table.users.column.id

	// function, procedure, aggregate, operator, cast
	PropArgs        = "args"          // List of Record{name Text, type Spelled, mode Text OUT|INOUT|VARIADIC (IN: absent), default Spelled}
	PropReturns     = "returns"       // Spelled: "integer", "SETOF users"; absent where arguments tell it (OUT, return_table)
	PropReturnTable = "return_table"  // List of Record{name Text, type Spelled}: RETURNS TABLE
	PropLang        = "lang"          // Text: as pg_language has it, lower case
	PropVolatility  = "volatility"    // Text: STABLE, IMMUTABLE (VOLATILE: absent)
	PropStrictCall  = "strict"        // the same name as of a table: Bool, RETURNS NULL ON NULL INPUT
	PropLeakproof   = "leakproof"     // Bool
	PropParallel    = "parallel"      // Text: SAFE, RESTRICTED (UNSAFE: absent)
	PropCost        = "cost"          // Text: where it isn't the language's own
	PropRows        = "rows"          // Text
	PropSupport     = "support"       // Spelled
	PropWindow      = "window"        // Bool
	PropConfig      = "config_params" // Record of Text by setting
	PropBodyKind    = "body_kind"     // Text: SQL for an SQL-standard body, whose text is in as (BEGIN ATOMIC … END or RETURN …); absent for a string
	PropLibrary     = "library"       // Text: the object file of a C function; as is the symbol then
	PropTransforms  = "transforms"    // List of Spelled: FOR TYPE

	// aggregate (args as above; support functions are Spelled, the functions' names)
	PropOrderArgs       = "order_args"        // List as args: those behind ORDER BY of an ordered-set aggregate
	PropHypothetical    = "hypothetical"      // Bool
	PropStateType       = "state_type"        // Spelled
	PropStateFunc       = "state_func"        // Spelled
	PropStateSize       = "state_size"        // Int
	PropInitialValue    = "initial_value"     // Text
	PropFinalFunc       = "final_func"        // Spelled
	PropFinalExtra      = "final_func_extra"  // Bool
	PropFinalModify     = "final_func_modify" // Text: READ_ONLY, SHAREABLE, READ_WRITE where it isn't the kind's own
	PropCombineFunc     = "combine_func"      // Spelled
	PropSerialFunc      = "serial_func"       // Spelled
	PropDeserialFunc    = "deserial_func"     // Spelled
	PropMovingStateType = "moving_state_type" // Spelled; these as those without moving
	PropMovingStateFunc = "moving_state_func"
	PropMovingInverse   = "moving_inverse_func" // Spelled
	PropMovingStateSize = "moving_state_size"
	PropMovingInitial   = "moving_initial_value"
	PropMovingFinal     = "moving_final_func"
	PropMovingExtra     = "moving_final_func_extra"
	PropMovingModify    = "moving_final_func_modify"
	PropSortOperator    = "sort_operator" // Spelled

	// operator, cast
	PropLeft       = "left"       // Spelled: the type; absent for a prefix operator
	PropRight      = "right"      // Spelled
	PropProcedure  = "function"   // Spelled: the function's name; of a cast with its types: "f(text)"
	PropCommutator = "commutator" // Spelled: an operator
	PropNegator    = "negator"    // Spelled
	PropRestrict   = "restrict"   // Spelled: the estimator's name
	PropJoin       = "join"       // Spelled
	PropHashes     = "hashes"     // Bool
	PropMerges     = "merges"     // Bool
	PropSource     = "source"     // Spelled: the type that a cast starts from
	PropTarget     = "target"     // Spelled
	PropWith       = "with"       // Text: INOUT, BINARY (WITHOUT FUNCTION); absent where there is a function
	PropCastAs     = "as"         // Text: IMPLICIT, ASSIGNMENT

	// trigger, event trigger, rule, policy
	PropEvents         = "events"          // List of Text: INSERT, DELETE, UPDATE, TRUNCATE, in this order, for a trigger of PostgreSQL (event is SQLite's)
	PropFor            = "for"             // Text: ROW or STATEMENT (STATEMENT: absent); of a policy SELECT, INSERT, UPDATE, DELETE (ALL: absent)
	PropConstraint     = "constraint"      // Bool: a constraint trigger
	PropConstraintFrom = "constraint_from" // Spelled: its FROM table
	PropOldTable       = "old_table"       // Text: REFERENCING OLD TABLE AS
	PropNewTable       = "new_table"       // Text
	PropExecute        = "execute"         // Spelled: the function's name
	PropExecuteArgs    = "execute_args"    // List of Text
	PropEnabled        = "enabled"         // Text: DISABLED, REPLICA, ALWAYS (enabled at origin: absent); also rule and event trigger
	PropTags           = "tags"            // List of Text
	PropOn             = "on"              // Text: an event trigger's event; Spelled: the table of extended statistics
	PropInstead        = "instead"         // Bool: of a rule (event, where, and as, the command, absent for NOTHING)
	PropPermissive     = "permissive"      // Bool(false) alone: AS RESTRICTIVE; in models as = RESTRICTIVE
	PropTo             = "to"              // List of Text: role names; absent for PUBLIC
	PropUsing          = "using"           // Spelled, without outer parentheses
	PropWithCheck      = "check"           // Spelled, the same

	// statistics (on, statistics; columns: List of Spelled, sorted)
	PropKinds       = "kinds"       // List of Text: NDISTINCT, DEPENDENCIES, MCV; absent for all of them
	PropExpressions = "expressions" // List of Spelled

	// publication
	PropAllTables        = "all_tables"                 // Bool
	PropTables           = "tables"                     // List of Record{table Spelled, columns List of Spelled, where Spelled}, sorted by table
	PropSchemas          = "schemas"                    // List of Text: all tables in these, the default schema empty; sorted
	PropPublish          = "publish"                    // List of Text: INSERT, UPDATE, DELETE, TRUNCATE; absent for all of them
	PropPublishViaRoot   = "publish_via_partition_root" // Bool
	PropPublishGenerated = "publish_generated_columns"  // Text: STORED

	// text search configuration, dictionary (options: Record of Text), parser, template; functions and other objects are Spelled, their names
	PropParser   = "parser"   // Spelled; absent for pg_catalog.default
	PropMappings = "mappings" // Record of List of Spelled, dictionaries, by the type of token
	PropTemplate = "template" // Spelled
	PropGetToken = "get_token"
	PropEnd      = "end"
	PropLexTypes = "lex_types"
	PropHeadline = "headline"
	PropInit     = "init"
	PropLexize   = "lexize"

	// foreign_data_wrapper, server, user_mapping, foreign_table (options, each: Record of Text; version: Text; fields: List of
	// Record{name Text, type Spelled, null Bool, default Spelled, generated Spelled, collate Spelled, options Record, statistics Int,
	// inherited Bool, comment Text}; checks: Record of Record{expr Spelled, not_valid, no_inherit Bool, comment Text} by name; inherits,
	// partition_of, bounds as of a table)
	PropHandler    = "handler"     // Spelled: the function's name
	PropValidator  = "validator"   // Spelled
	PropWrapper    = "wrapper"     // Text: the name of the foreign data wrapper
	PropServerType = "server_type" // Text; written as type in models
	PropServer     = "server"      // Text: the server's name
	PropUser       = "user"        // Text: a role; absent for PUBLIC

	// operator_class, operator_family (type; default: Bool)
	PropMethod      = "method"       // Text: the access method
	PropFamily      = "family"       // Spelled; absent for the family that the class makes along with itself
	PropStorageType = "storage_type" // Spelled; written as storage in models
	PropItems       = "items"        // List of Text as CREATE OPERATOR CLASS has them: "OPERATOR 1 <(integer,integer)"; written as as in models

	// access_method (handler), conversion (function, default), language (handler, validator), transform (type, lang; functions are Spelled)
	PropMethodType   = "method_type"  // Text: INDEX or TABLE; written as type in models
	PropForEncoding  = "for_encoding" // Text
	PropToEncoding   = "to_encoding"  // Text
	PropTrusted      = "trusted"      // Bool
	PropInlineHandle = "inline"       // Spelled
	PropFromSQL      = "from_sql"     // Spelled
	PropToSQL        = "to_sql"       // Spelled

	// extension
	PropVersion         = "version"          // Text; absent where the model doesn't ask for one
	PropExtensionSchema = "extension_schema" // Text; written as schema in models; absent for the default schema
)

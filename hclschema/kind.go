package hclschema

// Kind is one kind of object: its block in models, read and written. A new kind is a new file and a line in Kinds.
type Kind interface {
	// Reference lists the names that the kind's block knows.
	Reference() KindReference
	// read adds the block's object, and those of its nested blocks, to the state. in is the relation that the block stands
	// in or declares; nil for other blocks.
	read(l *loading, b *Block, in *relation)
	// write writes the object's block.
	write(w *writer, o *Object)
}

// KindReference is what the documents say of a kind, and what models are checked against.
type KindReference struct {
	// Name is the block's type, Text a sentence on it.
	Name, Text string
	// Within is the kind in whose block it stands; empty for a block of its own.
	Within string
	// Labels is how many labels the block may have; Unlabelled says that none will do too.
	Labels     int
	Unlabelled bool
	// Names are its attributes and nested blocks, but for those that are kinds themselves.
	Names []NameReference
}

// NameReference is an attribute or a nested block.
type NameReference struct {
	Name, Text string
	// Block says that it is a nested block; Both that it can be either.
	Block, Both bool
	// Open says that a nested block takes any attribute.
	Open bool
	// Engines are those that have it; empty for all. A name with engines is checked with Dialect.Accepts.
	Engines string
	// Nested are the names in a nested block.
	Nested []NameReference
}

// Kinds is everything that a model file can declare, in the order in which the documents show it.
func Kinds() []Kind {
	return []Kind{
		schemaKind{}, tableKind{}, partitionKind{}, columnKind{}, primaryKeyKind{}, foreignKeyKind{}, uniqueKind{}, checkKind{}, excludeKind{}, indexKind{},
		enumKind{}, domainKind{}, compositeKind{}, rangeKind{}, collationKind{}, extensionKind{},
		viewKind{}, materializedKind{}, ruleKind{},
		functionKind{}, procedureKind{}, aggregateKind{}, operatorKind{}, castKind{},
		triggerKind{}, eventTriggerKind{},
		policyKind{}, sequenceKind{},
		roleKind{roleBlock}, roleKind{userBlock}, permissionKind{}, defaultPermissionKind{},
		statisticsKind{}, publicationKind{},
		textSearchConfigKind{}, textSearchDictKind{}, textSearchParserKind(), textSearchTemplateKind(),
		operatorFamilyKind{}, operatorClassKind{}, accessMethodKind{}, conversionKind{}, languageKind{}, transformKind{},
		foreignDataWrapperKind{}, serverKind{}, userMappingKind{}, foreignTableKind{},
		virtualTableKind{},
		dataKind{},
	}
}

// Language lists every kind with its names.
func Language() []KindReference {
	var list []KindReference
	for _, kind := range Kinds() {
		list = append(list, referenceOf(kind))
	}
	return list
}

// OtherBlocks are the blocks of the language that no kind carries so far, with what messages call them.
func OtherBlocks() map[string]string {
	return map[string]string{
		"event":      "events",
		"membership": "roles",
		"synonym":    "synonyms",
	}
}

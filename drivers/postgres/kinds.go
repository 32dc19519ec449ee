package postgres

import (
	"slices"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// kind is what the driver knows of one kind of unit. A kind is a file that makes one, and a line in kinds.
type kind struct {
	// name is the kind of the unit's own object.
	name string
	// properties are those that create writes, by the kind of the unit's object and of its parts: a property that isn't among
	// them is an error where an object is made, and can't be claimed where it changes.
	properties map[string][]string
	// accepts are the attributes and nested blocks of models that not every engine has (hclschema.NameReference.Engines) and
	// that PostgreSQL does have, by kind of block.
	accepts map[string][]string
	// create makes the unit with all its parts; the first step is what makes it exist.
	create func(drivers.Unit) ([]drivers.Step, error)
	// drop removes it with all its parts; the last step is what makes it go.
	drop func(drivers.Unit) ([]drivers.Step, error)
	// alter is drivers.Renderer.Alter for the unit; nil for a kind that is always replaced.
	alter func(drivers.UnitChange) (drivers.Alteration, error)
	// rename gives one object of the unit, the unit itself or a part, its new name; from and to as in drivers.Rename.
	rename func(rename drivers.Rename, state *hclschema.State) ([]drivers.Step, error)
	// dropHazards are the losses of dropping a unit for good; nil for none.
	dropHazards func(drivers.UnitDrop) []drivers.Hazard
	// link adds what a declared object needs (DependsOn) and mentions (Mentions), beside its schema, which all have; nil for
	// nothing. It is called for the unit's object and for its parts, also for inspected ones, which have all of DependsOn.
	link func(l *linker, o *hclschema.Object)
}

// kinds lists what the driver carries.
func kinds() []kind {
	return []kind{
		schemaKind(),
		extensionKind(),
		collationKind(),
		enumKind(),
		domainKind(),
		compositeKind(),
		rangeKind(),
		tableKind(),
		viewKind(),
		materializedKind(),
		ruleKind(),
		sequenceKind(),
		functionKind(), procedureKind(), aggregateKind(), operatorKind(), castKind(),
		triggerKind(), eventTriggerKind(),
		policyKind(), statisticsKind(), publicationKind(),
		textSearchParserKind(), textSearchTemplateKind(), textSearchDictKind(), textSearchConfigKind(),
		operatorFamilyKind(), operatorClassKind(), accessMethodKind(), conversionKind(), languageKind(), transformKind(),
		foreignDataWrapperKind(), serverKind(), userMappingKind(), foreignTableKind(),
		permissionKind(), defaultPermissionKind(),
	}
}

// kindOf finds the kind of a unit; false where the driver doesn't carry it.
func kindOf(name string) (kind, bool) {
	for _, k := range kinds() {
		if k.name == name {
			return k, true
		}
	}
	return kind{}, false
}

// isForLater says that PostgreSQL has objects of the kind, which no model carries so far: what messages say then isn't that the
// engine lacks them.
func isForLater(blockKind string) bool {
	switch blockKind {
	case "membership":
		return true
	}
	return false
}

// Accepts implements hclschema.Dialect.
func (Driver) Accepts(blockKind, attribute string) bool {
	if blockKind == "role" || blockKind == "user" || blockKind == hclschema.KindData {
		return true
	}
	if attribute == hclschema.PropOwner && hclschema.Owned(blockKind) {
		attribute = "" // whatever is carried has an owner
	}
	if attribute == "" && (blockKind == hclschema.KindMaterializedIndex || blockKind == hclschema.PartitionBlock || isForLater(blockKind)) {
		return true
	}
	for _, k := range kinds() {
		_, part := k.properties[blockKind]
		if attribute == "" {
			if part {
				return true
			}
			continue
		}
		if slices.Contains(k.accepts[blockKind], attribute) {
			return true
		}
	}
	return false
}

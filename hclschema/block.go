package hclschema

import "github.com/hashicorp/hcl/v2"

// Block is a block of a model file after evaluation: variables, locals, functions, for_each, dynamic blocks and mixins
// are resolved, and nothing is left to evaluate. Kinds read objects from it.
type Block struct {
	Type   string
	Labels []Label
	// Attributes are those that were set, in the order of the file (mixed-in ones first).
	Attributes []*Attribute
	// Blocks are the nested blocks in the order of the file (mixed-in ones first).
	Blocks []*Block
	// Range is the block's header, from its type to its last label.
	Range hcl.Range
	// Incomplete tells that errors inside this block were reported and parts of it are left out: its name may be taken, so
	// that references to it hold, and nothing in it may be checked.
	Incomplete bool
}

// Label is one label of a block.
type Label struct {
	Text  string
	Range hcl.Range
}

// Attribute is one attribute with its value.
type Attribute struct {
	Name      string
	Value     Evaluated
	NameRange hcl.Range
	// Range is that of the whole attribute, ValueRange that of its expression.
	Range, ValueRange hcl.Range
}

// Evaluated is the value of an attribute: exactly one of Null, Boolean, Number, String, RawSQL, Word, Reference, Sequence
// or Mapping; or Invalid.
type Evaluated interface{ evaluated() }

type (
	// Invalid stands where an expression failed and the error was reported: it is set, and nothing more can be said.
	Invalid struct{}
	// Null is the value of an attribute that was set to null; most attributes take it as not being set.
	Null struct{}
	// Boolean is true or false.
	Boolean bool
	// Number is the number as text, in HCL's canonical decimal form: "-1", "1.5", "1e+30".
	Number string
	// String is a quoted string or heredoc, exactly as written (not normalised to NFC; CRLF as LF).
	String string
	// RawSQL is the text of sql("…").
	RawSQL string
	// Word is a bare word that names no variable, with the arguments of a call: CASCADE, int, varchar(255), decimal(10, 2).
	Word struct {
		Name string
		// Args are the arguments' literals as text.
		Args []string
		// Called tells varchar() from varchar.
		Called bool
	}
	// Reference is a path to an object: column.id is ["column" "id"], table.users.column["odd name"] is
	// ["table" "users" "column" "odd name"].
	Reference struct{ Path []string }
	// Sequence is a list; Ranges are the places of its elements, as many as there are elements, each as exact as known.
	Sequence struct {
		Elements []Evaluated
		Ranges   []hcl.Range
	}
	// Mapping is an object value, its keys sorted. Written are the keys in the order of the file, where it stands in one.
	Mapping struct {
		Keys    []string
		Values  []Evaluated
		Written []string
	}
)

func (Invalid) evaluated()   {}
func (Null) evaluated()      {}
func (Boolean) evaluated()   {}
func (Number) evaluated()    {}
func (String) evaluated()    {}
func (RawSQL) evaluated()    {}
func (Word) evaluated()      {}
func (Reference) evaluated() {}
func (Sequence) evaluated()  {}
func (Mapping) evaluated()   {}

// Attribute is the attribute of that name, nil where it is not set.
func (b *Block) Attribute(name string) *Attribute {
	for _, a := range b.Attributes {
		if a.Name == name {
			return a
		}
	}
	return nil
}

package revision

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// Checksum is 64 hexadecimal digits of what a file means: id, parents, dependencies and the statements of both directions, those
// in files beside it too, with placeholders as such. Comments, formatting, labels, names of steps and line ends don't count.
func Checksum(f *File) string {
	return sum(struct {
		ID             string
		Parents        []string
		Up, Down       []meaning
		ForeignKeysOff bool
		// Left out where there are none, so that files of older versions keep their checksums.
		DependsOn    []string `json:",omitempty"`
		Irreversible bool     `json:",omitempty"`
	}{f.ID, append([]string{}, f.Parents...), meanings(f.Upgrade), meanings(f.Downgrade), f.ForeignKeysOff, f.DependsOn, f.Irreversible != ""})
}

// StepsSum is 8 hexadecimal digits of the statements of both directions, which tell whether what was proved is what stands
// in the file.
func StepsSum(up, down []Step, foreignKeysOff bool) string {
	return sum(struct {
		Up, Down       []meaning
		ForeignKeysOff bool
	}{meanings(up), meanings(down), foreignKeysOff})[:8]
}

// ProvedState is what a file's proof is worth.
type ProvedState string

// The states of a proof.
const (
	Unproved    ProvedState = "unproved"
	Proved      ProvedState = "proved"
	EditedSince ProvedState = "edited since it was proved"
)

// ProvedState compares the file's steps with those that were proved.
func (f *File) ProvedState() ProvedState {
	switch {
	case f.Proved == "":
		return Unproved
	case strings.HasSuffix(f.Proved, StepsSum(f.Upgrade, f.Downgrade, f.ForeignKeysOff)) && strings.Contains(f.Proved, OneWay) == (f.Irreversible != ""):
		return Proved
	default:
		return EditedSince
	}
}

// Server is the server that the steps were proved on, "SQLite 3.50.4"; empty where they weren't.
func (f *File) Server() string {
	server, _, _ := strings.Cut(f.Proved, ", ")
	return server
}

// InEveryOrder is what the proof of a merge says of it: whichever parent's line is applied first, the state is the same.
const InEveryOrder = "in every order"

// OneWay is what the proof of a revision that can't be taken back says of it: only the way up was gone.
const OneWay = "up only, "

// Joins says that the file is a merge of which that is proved.
func (f *File) Joins() bool {
	return len(f.Parents) > 1 && f.ProvedState() == Proved && strings.Contains(f.Proved, ", "+InEveryOrder+", ")
}

// meaning is what counts of a step.
type meaning struct {
	SQL          string
	Makes, Drops []string
	Transaction  bool
	// What follows came later, and is left out where it isn't there: the checksums of files without it stay.
	Placeholders []hole     `json:",omitempty"`
	Exec         []string   `json:",omitempty"`
	Each         *eachTable `json:",omitempty"`
	When         []string   `json:",omitempty"`
	Unless       []string   `json:",omitempty"`
}

// hole is a placeholder without its place in the file.
type hole struct {
	Name string
	At   int
}

// eachTable is what counts of an Each: the size of batches and the pauses between them don't.
type eachTable struct {
	Table, As string
	Key       []string
	Repeat    bool
}

func meanings(steps []Step) []meaning {
	list := make([]meaning, 0, len(steps))
	for _, s := range steps {
		m := meaning{SQL: strings.ReplaceAll(s.SQL, "\r\n", "\n"), Makes: append([]string{}, s.Makes...), Drops: append([]string{}, s.Drops...),
			Transaction: s.Transaction, Exec: s.Exec, When: s.When, Unless: s.Unless}
		for _, h := range s.Placeholders {
			m.Placeholders = append(m.Placeholders, hole{h.Name, h.At})
		}
		if s.Each != nil {
			m.Each = &eachTable{s.Each.Table, s.Each.As, s.Each.Key, s.Each.Repeat}
		}
		list = append(list, m)
	}
	return list
}

func sum(value any) string {
	text, err := json.Marshal(value)
	if err != nil { // structs of strings, numbers and booleans always marshal
		return strings.Repeat("0", 64)
	}
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}

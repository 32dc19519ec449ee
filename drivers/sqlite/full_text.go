package sqlite

import (
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
)

// fullText is an index of the module fts5 (sqlite.org/fts5.html), as its arguments describe it.
type fullText struct {
	table   *hclschema.Object
	columns []string
	// content is the table that has the text, where own is false; empty for an index that has the text nowhere.
	content string
	own     bool
}

// newFullText reads the arguments. ok is false for a table of another module and for arguments that can't be read.
func newFullText(o *hclschema.Object) (f fullText, ok bool) {
	if fold(o.Properties.Text(hclschema.PropModule)) != "fts5" {
		return fullText{}, false
	}
	f = fullText{table: o, own: true}
	for _, argument := range o.Properties.List(hclschema.PropArguments) {
		tokens, err := lex(argument.String())
		if err != nil || len(tokens) == 0 {
			return fullText{}, false
		}
		switch {
		case len(tokens) < 2 || !tokens[1].symbol("="):
			f.columns = append(f.columns, tokens[0].content())
		case fold(tokens[0].content()) == "content" && len(tokens) > 2:
			f.own, f.content = false, tokens[2].content()
		}
	}
	return f, true
}

// refills says how the text of one index gets into another: from the index itself, or from the table that has it.
func (f fullText) refills(after fullText) bool {
	return f.own && after.own || f.content != "" && after.content != ""
}

// alterFullText makes an index again that gets other arguments, and takes over its text and its settings.
func alterFullText(change drivers.UnitChange) (drivers.Alteration, error) {
	before, ok := newFullText(change.Before[0])
	after, same := newFullText(change.After[0])
	claims, all := claim(change.Changes)
	if !ok || !same || !all || len(claims) == 0 || !before.refills(after) {
		return drivers.Alteration{}, nil
	}
	var kept, lost []string
	for _, column := range before.columns {
		if hasName(after.columns, column) {
			kept = append(kept, quoting.QuoteName(column))
		} else if before.own {
			lost = append(lost, column)
		}
	}
	r := &rebuilding{tableChange: &tableChange{after: &tableUnit{object: after.table}}, aside: asidePrefix + before.table.Identity.Name}
	name, settings := quotedObject(after.table.Identity), r.name(r.aside+"_config")
	command := quoting.QuoteName(after.table.Identity.Name)
	r.line("leave the references of others alone", "PRAGMA legacy_alter_table = ON")
	r.lines("set the old index aside", []string{"ALTER TABLE ", name}, []string{"RENAME TO ", quoting.QuoteName(r.aside)})
	r.line("back to usual renames", "PRAGMA legacy_alter_table = OFF")
	made, err := createVirtualTable(change.After)
	if err != nil {
		return drivers.Alteration{}, err
	}
	made[0].Name = r.stepName("make the new index")
	r.add(made[0], nil)
	r.lines("keep its settings", []string{"INSERT INTO ", name, " (", command, ", rank)"}, []string{"SELECT k, v"}, []string{"FROM ", settings},
		[]string{"WHERE k <> 'version'"})
	if before.own {
		columns := strings.Join(append([]string{"rowid"}, kept...), ", ")
		r.lines("copy the text", []string{"INSERT INTO ", name, " (", columns, ")"}, []string{"SELECT ", columns}, []string{"FROM ", r.name(r.aside)})
	} else {
		r.lines("read the text again", []string{"INSERT INTO ", name, " (", command, ")"}, []string{"VALUES ('rebuild')"})
	}
	r.line("drop the old index", "DROP TABLE ", r.name(r.aside))
	return drivers.Alteration{Steps: r.steps, Claims: claims, Hazards: before.hazards(lost)}, r.err
}

// hazards are that the index is made again, and the columns whose text goes.
func (f fullText) hazards(lost []string) []drivers.Hazard {
	live := quotedObject(f.table.Live())
	total := "SELECT count(*) FROM " + live
	list := []drivers.Hazard{{Kind: drivers.Rewrites, Object: f.table.Identity, Text: "is made again and its text is read again", TotalSQL: total, Rows: -1, Total: -1}}
	for _, column := range lost {
		list = append(list, drivers.Hazard{Kind: drivers.Destroys, Object: f.table.Identity, Text: "the values of " + f.table.Identity.Path() + "." + quoting.QuoteName(column),
			CountSQL: total + " WHERE " + quoting.QuoteName(column) + " IS NOT NULL", TotalSQL: total, Rows: -1, Total: -1})
	}
	return list
}

func hasName(names []string, name string) bool {
	for _, n := range names {
		if fold(n) == fold(name) {
			return true
		}
	}
	return false
}

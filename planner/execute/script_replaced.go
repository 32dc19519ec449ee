package execute

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// recognise lets the script take a database that has what a revision replaces for one that has the revision, as a run does; it stops
// where the database has only some of that, or where the script would run the revision.
func (w *scripter) recognise() {
	files := w.Graph.Revisions()
	slices.Reverse(files)
	var replacing []*revision.File
	for _, file := range files {
		if len(file.Replaces) == 0 {
			continue
		}
		if _, applied := w.standing.Applied[file.ID]; applied {
			replacing = append(replacing, file)
			w.replace(file)
			continue
		}
		w.b.WriteString(w.out.Require("NOT "+w.has(file.Replaced()), fmt.Sprintf("the database has revisions in whose place %s stands: a script for it begins there, %s:…", file.ID, file.ID)))
	}
	for _, file := range files {
		if _, applied := w.standing.Applied[file.ID]; applied {
			w.follow(file, replacing)
		}
	}
}

// replace puts the record of a revision where the database has all that it replaces.
func (w *scripter) replace(file *revision.File) {
	replaced := file.Replaced()
	w.comment(file.ID + " in place of what it replaces, where the database has that")
	log := drivers.TableName(w.Driver, w.VersionTable+drivers.LogSuffix) + " (at, action, revision, checksum, tool, detail)\n"
	w.b.WriteString("INSERT INTO " + log + "SELECT " + strings.Join([]string{w.out.Now(), w.out.Literal("replaced"), "revision", "checksum", w.out.Literal(w.Tool),
		w.out.Literal("by " + file.ID)}, ", ") + "\nFROM " + w.table() + "\nWHERE revision IN (" + w.literals(replaced) + ")\nORDER BY started, revision;\n")
	w.b.WriteString("INSERT INTO " + log + "SELECT " + strings.Join([]string{w.out.Now(), w.out.Literal("replace"), w.out.Literal(file.ID),
		w.out.Literal(revision.Checksum(file)), w.out.Literal(w.Tool), w.out.Literal("in place of " + strings.Join(file.Replaces, ", "))}, ", ") + "\nWHERE " + w.has(replaced) + ";\n")
	w.within(file, file.Replaces)
	makes, drops := net(file.Upgrade)
	w.putFor(file.ID, file.Replaces, strings.Join([]string{w.out.Literal(file.ID), w.out.Literal(strings.Join(file.Parents, ",")), w.out.Literal(file.Message),
		w.out.Literal(revision.Checksum(file)), strconv.Itoa(len(file.Upgrade)), w.out.Literal(jsonList(makes)), w.out.Literal(jsonList(drops)), "started", "finished", "tool"}, ", "))
	w.b.WriteString(w.out.Require("NOT "+w.has(replaced), fmt.Sprintf("the database has only some of the revisions in whose place %s stands (%s): upgrade it to the last of them first, with the files that were squashed",
		file.ID, strings.Join(file.Replaces, ", "))))
}

// within does the same for replaced revisions that stood in place of others: they come and go within the transaction.
func (w *scripter) within(file *revision.File, ids []string) {
	for _, id := range ids {
		if stood := file.StoodFor[id]; len(stood) > 0 {
			w.within(file, stood)
			w.putFor(id, stood, w.out.Literal(id)+", "+strings.TrimPrefix(recordColumns, "revision, "))
		}
	}
}

// putFor makes one row of those of several revisions, with these values, which may be those of the last one's.
func (w *scripter) putFor(id string, ids []string, values string) {
	w.b.WriteString("INSERT INTO " + w.table() + " (" + recordColumns + ")\nSELECT " + values + "\nFROM " + w.table() + "\nWHERE revision = " + w.out.Literal(ids[len(ids)-1]) +
		"\n  AND NOT " + w.has([]string{id}) + fmt.Sprintf("\n  AND (SELECT count(*) FROM %s WHERE finished <> '' AND revision IN (%s)) = %d;\n", w.table(), w.literals(ids), len(ids)))
	w.b.WriteString("DELETE FROM " + w.table() + "\nWHERE revision IN (" + w.literals(ids) + ")\n  AND " + w.has([]string{id}) + ";\n")
}

// follow keeps the record of a revision in step that followed a replaced one, or depended on it.
func (w *scripter) follow(file *revision.File, replacing []*revision.File) {
	was := []revision.File{*file}
	for _, other := range replacing {
		if !slices.Contains(file.Needs(), other.ID) {
			continue
		}
		for _, before := range slices.Clone(was) {
			for _, last := range lasts(other) {
				once := before
				once.Parents, once.DependsOn = renamed(before.Parents, other.ID, last), renamed(before.DependsOn, other.ID, last)
				was = append(was, once)
			}
		}
	}
	for i := range was[1:] {
		w.b.WriteString("UPDATE " + w.table() + "\nSET parents = " + w.out.Literal(strings.Join(file.Parents, ",")) + ", checksum = " + w.out.Literal(revision.Checksum(file)) +
			"\nWHERE revision = " + w.out.Literal(file.ID) + "\n  AND checksum = " + w.out.Literal(revision.Checksum(&was[i+1])) + ";\n")
	}
}

// lasts are the names under which a database may have the end of what a revision replaces.
func lasts(file *revision.File) (ids []string) {
	for at := file.Replaces; len(at) > 0; {
		last := at[len(at)-1]
		ids = append(ids, last)
		at = file.StoodFor[last]
	}
	return ids
}

func renamed(ids []string, old, now string) []string {
	ids = slices.Clone(ids)
	for i, id := range ids {
		if id == old {
			ids[i] = now
		}
	}
	return ids
}

func (w *scripter) table() string { return drivers.TableName(w.Driver, w.VersionTable) }

// has is the condition that one of these is recorded.
func (w *scripter) has(ids []string) string {
	return "EXISTS (SELECT 1 FROM " + w.table() + " WHERE revision IN (" + w.literals(ids) + "))"
}

func (w *scripter) literals(ids []string) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = w.out.Literal(id)
	}
	return strings.Join(list, ", ")
}

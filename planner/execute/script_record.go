package execute

import (
	"strconv"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/planner/revision"
)

// insert, progress, remove and log are those of a run, with the database's time.
func (w *scripter) insert(file *revision.File, steps int, finished bool) {
	makes, drops := net(file.Upgrade)
	w.into(w.VersionTable, []string{"revision", "parents", "message", "checksum", "steps", "makes", "drops", "started", "finished", "tool"}, []string{
		w.out.Literal(file.ID), w.out.Literal(strings.Join(file.Parents, ",")), w.out.Literal(file.Message), w.out.Literal(revision.Checksum(file)),
		strconv.Itoa(steps), w.out.Literal(jsonList(makes)), w.out.Literal(jsonList(drops)), w.out.Now(), w.time(finished), w.out.Literal(w.Tool)})
}

func (w *scripter) progress(file *revision.File, steps int, finished bool) {
	w.b.WriteString("UPDATE " + drivers.TableName(w.Driver, w.VersionTable) + "\nSET steps = " + strconv.Itoa(steps) + ", finished = " + w.time(finished) +
		"\nWHERE revision = " + w.out.Literal(file.ID) + ";\n")
}

func (w *scripter) remove(file *revision.File) {
	w.b.WriteString("DELETE FROM " + drivers.TableName(w.Driver, w.VersionTable) + "\nWHERE revision = " + w.out.Literal(file.ID) + ";\n")
}

func (w *scripter) log(action string, file *revision.File, detail string) {
	w.into(w.VersionTable+drivers.LogSuffix, []string{"at", "action", "revision", "checksum", "tool", "detail"}, []string{
		w.out.Now(), w.out.Literal(action), w.out.Literal(file.ID), w.out.Literal(revision.Checksum(file)), w.out.Literal(w.Tool), w.out.Literal(detail)})
}

func (w *scripter) into(table string, columns, values []string) {
	w.b.WriteString("INSERT INTO " + drivers.TableName(w.Driver, table) + " (" + strings.Join(columns, ", ") + ")\nVALUES (\n  " + strings.Join(values, ",\n  ") + "\n);\n")
}

// time is the database's time where something is finished.
func (w *scripter) time(finished bool) string {
	if !finished {
		return w.out.Literal("")
	}
	return w.out.Now()
}

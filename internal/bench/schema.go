package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// prepare writes the models of a project and makes the tables of its database, unless that is to be empty.
func prepare(ctx context.Context, e engine, folder, url string, size int, changed func(int) bool, empty bool) (err error) {
	for i := range size {
		if err := writeFile(folder, fmt.Sprintf("models/t%04d.hcl", i), model(i, changed(i))); err != nil {
			return err
		}
	}
	if empty {
		return nil
	}
	conn, err := e.driver.Open(ctx, url, drivers.OpenOptions{Root: folder, Create: true})
	if err != nil {
		return err
	}
	defer func() {
		if closed := conn.Close(); err == nil {
			err = closed
		}
	}()
	if err := conn.Begin(ctx, drivers.BeginOptions{}, nil); err != nil {
		return err
	}
	for i := range size {
		for _, statement := range ddl(i) {
			if _, err := conn.Exec(ctx, statement); err != nil {
				return err
			}
		}
	}
	return conn.Commit(ctx)
}

// others are the tables that a table refers to: two of its neighbours.
func others(i int) [2]int { return [2]int{i / 2, i * 2 / 3} }

var columns = []string{"name text", "email text", "age integer", "score real", "state text", "city text", "note text", "created text", "updated text"}

func ddl(i int) []string {
	o := others(i)
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE t%04d (\n  id integer PRIMARY KEY,\n", i)
	for _, c := range columns {
		fmt.Fprintf(&b, "  %s NOT NULL,\n", c)
	}
	b.WriteString("  first_id integer,\n  second_id integer,\n")
	fmt.Fprintf(&b, "  CONSTRAINT t%04d_first FOREIGN KEY (first_id) REFERENCES t%04d (id),\n", i, o[0])
	fmt.Fprintf(&b, "  CONSTRAINT t%04d_second FOREIGN KEY (second_id) REFERENCES t%04d (id),\n", i, o[1])
	fmt.Fprintf(&b, "  CONSTRAINT t%04d_age CHECK (age > 0)\n)", i)
	return []string{
		b.String(),
		fmt.Sprintf("CREATE INDEX t%04d_name ON t%04d (name)", i, i),
		fmt.Sprintf("CREATE UNIQUE INDEX t%04d_email ON t%04d (email, city)", i, i),
	}
}

func model(i int, changed bool) string {
	o := others(i)
	var b strings.Builder
	fmt.Fprintf(&b, "table \"t%04d\" {\n  column \"id\" {\n    type = integer\n  }\n", i)
	for _, c := range columns {
		name, typ, _ := strings.Cut(c, " ")
		fmt.Fprintf(&b, "  column %q {\n    type = %s\n  }\n", name, typ)
	}
	for _, name := range []string{"first_id", "second_id"} {
		fmt.Fprintf(&b, "  column %q {\n    type = integer\n    null = true\n  }\n", name)
	}
	if changed {
		b.WriteString("  column \"added\" {\n    type = text\n    null = true\n  }\n")
	}
	b.WriteString("  primary_key {\n    columns = [column.id]\n  }\n")
	fmt.Fprintf(&b, "  foreign_key \"t%04d_first\" {\n    columns = [column.first_id]\n    ref_columns = [table.t%04d.column.id]\n  }\n", i, o[0])
	fmt.Fprintf(&b, "  foreign_key \"t%04d_second\" {\n    columns = [column.second_id]\n    ref_columns = [table.t%04d.column.id]\n  }\n", i, o[1])
	fmt.Fprintf(&b, "  check \"t%04d_age\" {\n    expr = \"age > 0\"\n  }\n", i)
	fmt.Fprintf(&b, "  index \"t%04d_name\" {\n    columns = [column.name]\n  }\n", i)
	fmt.Fprintf(&b, "  index \"t%04d_email\" {\n    unique = true\n    columns = [column.email, column.city]\n  }\n}\n", i)
	return b.String()
}

// Command demo plays the case that a schema tool has to get right: a table with rows, a view and a trigger on it; then a
// column is renamed, a second table comes, and both refer to each other. It is taken up, down and up again with the command
// line, and everything is checked at the end.
//
//	go run ./internal/demo bin/duo-orm
package main

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: demo PATH-OF-DUO-ORM")
		os.Exit(2)
	}
	if err := play(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

const before = `table "a" {
  column "id" {
    type = int
  }
  column "old_name" {
    type = text
  }
  primary_key {
    columns = [column.id]
  }
}

table "log" {
  column "line" {
    type = text
  }
}

view "names" {
  as = "SELECT old_name FROM a"
}

trigger "a_added" {
  on = table.a
  after {
    insert = true
  }
  as = <<-SQL
    BEGIN
      INSERT INTO log VALUES ('added ' || NEW.old_name);
    END
  SQL
}
`

const after = `table "a" {
  column "id" {
    type = int
  }
  column "new_name" {
    type         = text
    renamed_from = "old_name"
  }
  column "b_id" {
    type = int
    null = true
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "a_b" {
    columns     = [column.b_id]
    ref_columns = [table.b.column.id]
  }
}

table "b" {
  column "id" {
    type = int
  }
  column "a_id" {
    type = int
  }
  primary_key {
    columns = [column.id]
  }
  foreign_key "b_a" {
    columns     = [column.a_id]
    ref_columns = [table.a.column.id]
    on_delete   = CASCADE
  }
}

table "log" {
  column "line" {
    type = text
  }
}

view "names" {
  as = "SELECT new_name FROM a"
}

trigger "a_added" {
  on = table.a
  after {
    insert = true
  }
  as = <<-SQL
    BEGIN
      INSERT INTO log VALUES ('added ' || NEW.new_name);
    END
  SQL
}
`

// player runs commands in a folder and shows them.
type player struct{ binary, folder string }

func play(binary string) error {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "duo-orm-demo")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	p := player{binary, folder}
	say("A table with a view and a trigger on it, and three rows.")
	if err := p.all([][]string{{"init"}}); err != nil {
		return err
	}
	if err := p.write("db/models/app.hcl", before); err != nil {
		return err
	}
	if err := p.all([][]string{{"migration", "create", "a table, a view and a trigger"}, {"migration", "upgrade"}}); err != nil {
		return err
	}
	if err := p.sql(`INSERT INTO a VALUES (1, 'Ada'), (2, 'Grace'), (7, 'Edsger')`); err != nil {
		return err
	}
	say("Now old_name becomes new_name, a second table comes, and each refers to the other. Nothing else is configured.")
	if err := p.write("db/models/app.hcl", after); err != nil {
		return err
	}
	if err := p.all([][]string{{"migration", "create", "rename a column and add b"}}); err != nil {
		return err
	}
	if err := p.show(); err != nil {
		return err
	}
	if err := p.all([][]string{
		{"migration", "upgrade"}, {"migration", "history"}, {"migration", "downgrade"}, {"migration", "upgrade"}, {"migration", "check"},
	}); err != nil {
		return err
	}
	return p.verify()
}

func say(text string) { fmt.Printf("\n# %s\n", text) }

func (p player) all(commands [][]string) error {
	for _, args := range commands {
		shown := make([]string, len(args))
		for i, arg := range args {
			if shown[i] = arg; strings.Contains(arg, " ") {
				shown[i] = `"` + arg + `"`
			}
		}
		fmt.Printf("\n$ duo-orm %s\n", strings.Join(shown, " "))
		command := exec.Command(p.binary, args...)
		command.Dir, command.Stdout, command.Stderr = p.folder, os.Stdout, os.Stdout
		if err := command.Run(); err != nil {
			return fmt.Errorf("duo-orm %s: %w", strings.Join(args, " "), err)
		}
	}
	return nil
}

func (p player) write(name, text string) error {
	return os.WriteFile(filepath.Join(p.folder, name), []byte(text), 0o644)
}

// show prints the newest revision file, which is what people review.
func (p player) show() error {
	files, err := filepath.Glob(filepath.Join(p.folder, "db/migrations/versions/*rename*.hcl"))
	if err != nil || len(files) != 1 {
		return fmt.Errorf("one revision file expected, found %d: %w", len(files), err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		return err
	}
	fmt.Printf("\n$ cat db/migrations/versions/%s\n%s", filepath.Base(files[0]), text)
	return nil
}

func (p player) sql(text string) error {
	db, err := sql.Open("sqlite", filepath.Join(p.folder, "app.db"))
	if err != nil {
		return err
	}
	_, err = db.Exec(text)
	return joinClose(err, db)
}

func joinClose(err error, db *sql.DB) error {
	if closed := db.Close(); err == nil {
		err = closed
	}
	return err
}

// verify looks at the rows, the view and the trigger once more.
func (p player) verify() error {
	if err := p.sql(`INSERT INTO a (id, new_name) VALUES (8, 'Barbara')`); err != nil {
		return fmt.Errorf("the trigger doesn't work: %w", err)
	}
	db, err := sql.Open("sqlite", filepath.Join(p.folder, "app.db"))
	if err != nil {
		return err
	}
	var names, lines string
	err = db.QueryRow(`SELECT (SELECT group_concat(new_name, ', ') FROM names), (SELECT group_concat(line, ', ') FROM log)`).Scan(&names, &lines)
	if err = joinClose(err, db); err != nil {
		return err
	}
	say("The rows, seen through the view, and the trigger's log:")
	fmt.Printf("%s\n%s\n", names, lines)
	if names != "Ada, Grace, Edsger, Barbara" || lines != "added Ada, added Grace, added Edsger, added Barbara" {
		return fmt.Errorf("something was lost")
	}
	say("Up, down and up again: models and database agree, and every row, the view and the trigger are there.")
	return nil
}

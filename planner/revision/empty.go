package revision

import (
	"bytes"
	"fmt"
	"slices"
)

// examples show each form of a step, as comments in a revision that is written by hand.
const examples = `
  # A statement:
  #
  # step "mails in lower case" {
  #   changes = ["table users"]
  #   sql     = <<-SQL
  #     UPDATE users
  #     SET mail = lower(mail)
  #   SQL
  # }
  #
  # A statement in a file beside this one:
  #
  # step "report" {
  #   makes    = ["view report"]
  #   sql_file = "report.sql"
  # }
  #
  # A big table in batches, each a transaction of its own, which goes on where it was after it was cut off:
  #
  # step "fill posts.slug" {
  #   changes = ["table posts"]
  #   sql     = <<-SQL
  #     UPDATE posts
  #     SET slug = lower(title)
  #     WHERE ${each.range} AND slug IS NULL
  #   SQL
  #   each {
  #     table = "posts"
  #     batch = 1000
  #     pause = "50ms"
  #   }
  # }
  #
  # A program of the project, with the database's URL in DUO_ORM_URL:
  #
  # step "backfill" {
  #   exec  = ["./scripts/backfill", "--all"]
  #   again = true
  # }
  #
  # Only for some environments of database.hcl (or unless = [...]), with a variable of migrations.hcl:
  #
  # step "reader" {
  #   when = ["production"]
  #   sql  = "GRANT SELECT ON users TO ${var.reader}"
  # }
`

// Empty is a revision file without steps, with examples of all forms as comments.
func Empty(f *File) ([]byte, error) {
	text, err := Checked(f)
	if err != nil {
		return nil, err
	}
	const begin = "upgrade {\n"
	before, after, found := bytes.Cut(text, []byte("\n"+begin))
	if !found || len(f.Upgrade) > 0 {
		return nil, fmt.Errorf("revision %s isn't empty", f.ID)
	}
	text = slices.Concat(before, []byte("\n"+begin), []byte(examples[1:]), after)
	read, diags := Read(f.Path, text)
	if diags.HasErrors() || Checksum(read) != Checksum(f) {
		return nil, fmt.Errorf("revision %s can't be written so that it reads back: %w", f.ID, diags)
	}
	return text, nil
}

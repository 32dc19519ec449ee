package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/duo-orm/duo-orm/duoorm"
)

// library lends books out of a database.
type library struct {
	db *sql.DB
	// numbered says that the engine wants $1 where the other wants ?.
	numbered bool
}

// open opens the database and upgrades it. The program may be started several times at once: one upgrades, the others wait.
func open(ctx context.Context, url string, logger *slog.Logger) (*library, error) {
	driver, dsn := "sqlite", "file:library.db?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)"
	if url != "" {
		driver, dsn = "pgx", url
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	lib := newLibrary(db, url != "")
	if _, err := duoorm.Upgrade(ctx, db, lib.revisions(), duoorm.WithLogger(logger), duoorm.WithTool("library 1.0")); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return lib, nil
}

func newLibrary(db *sql.DB, postgres bool) *library { return &library{db: db, numbered: postgres} }

// revisions are those of the engine.
func (l *library) revisions() fs.FS {
	folder := "sqlite"
	if l.numbered {
		folder = "postgres"
	}
	files, err := fs.Sub(migrations, folder)
	if err != nil { // a name of this program
		return migrations
	}
	return files
}

// marks writes the marks of parameters as the engine wants them.
func (l *library) marks(query string) string {
	if !l.numbered {
		return query
	}
	var b strings.Builder
	number := 0
	for _, r := range query {
		if r == '?' {
			number++
			fmt.Fprintf(&b, "$%d", number)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// book is a title with its copies, and how many of them are there.
type book struct {
	ID     int64  `json:"id"`
	Title  string `json:"title"`
	Copies int    `json:"copies"`
	There  int    `json:"there"`
}

// books are all books, by title.
func (l *library) books(ctx context.Context) (_ []book, err error) {
	rows, err := l.db.QueryContext(ctx, `SELECT b.id, b.title, b.copies, b.copies - (SELECT count(*) FROM loans l WHERE l.book_id = b.id AND NOT l.returned)
FROM books b
ORDER BY b.title`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	list := []book{}
	for rows.Next() {
		var b book
		if err := rows.Scan(&b.ID, &b.Title, &b.Copies, &b.There); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// add takes a title in.
func (l *library) add(ctx context.Context, title string, copies int) (id int64, err error) {
	err = l.db.QueryRowContext(ctx, l.marks("INSERT INTO books (title, copies) VALUES (?, ?) RETURNING id"), title, copies).Scan(&id)
	return id, err
}

// errNoneThere is returned where every copy is lent, and errNotLent where a reader hasn't the book.
var (
	errNoneThere = errors.New("no copy is there")
	errNotLent   = errors.New("the reader hasn't that book")
)

// lend gives a copy to a reader, if one is there.
func (l *library) lend(ctx context.Context, bookID int64, reader string) error {
	return l.one(errNoneThere, l.db.ExecContext, ctx, `INSERT INTO loans (book_id, reader)
SELECT b.id, ?
FROM books b
WHERE b.id = ? AND b.copies > (SELECT count(*) FROM loans l WHERE l.book_id = b.id AND NOT l.returned)`, reader, bookID)
}

// takeBack takes one copy from a reader.
func (l *library) takeBack(ctx context.Context, bookID int64, reader string) error {
	return l.one(errNotLent, l.db.ExecContext, ctx, `UPDATE loans SET returned = true
WHERE id = (SELECT min(id) FROM loans WHERE book_id = ? AND reader = ? AND NOT returned)`, bookID, reader)
}

// one runs a statement that changes one row, or else is an error.
func (l *library) one(none error, exec func(context.Context, string, ...any) (sql.Result, error), ctx context.Context, query string, args ...any) error {
	result, err := exec(ctx, l.marks(query), args...)
	if err != nil {
		return err
	}
	changed, err := result.RowsAffected()
	if err == nil && changed != 1 {
		return none
	}
	return err
}

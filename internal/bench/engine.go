package main

import (
	"fmt"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/drivers/postgres"
	"github.com/duo-orm/duo-orm/drivers/sqlite"
	"github.com/duo-orm/duo-orm/internal/testserver"
)

// engine is a dialect under measurement.
type engine struct {
	name, title string
	driver      drivers.Driver
	// database makes an empty database and returns its URL, which may be relative to a project's folder.
	database func() (url string, drop func() error, err error)
}

// engines are those that can be measured here: SQLite always, PostgreSQL where the machine has it or DUO_ORM_TEST_POSTGRES
// points at a server. stop ends what was started.
func engines() (all []engine, stop func()) {
	all = []engine{{name: "sqlite", title: "SQLite", driver: sqlite.Driver{}, database: func() (string, func() error, error) {
		return "sqlite:///app.db", func() error { return nil }, nil
	}}}
	server, err := testserver.Open()
	if err != nil {
		fmt.Printf("PostgreSQL is left out: %v\n\n", err)
		return all, func() {}
	}
	number := 0
	all = append(all, engine{name: "postgres", title: "PostgreSQL", driver: postgres.Driver{}, database: func() (string, func() error, error) {
		number++
		name := fmt.Sprintf("duo_orm_bench_%d", number)
		if err := server.Exec("CREATE DATABASE " + name + " TEMPLATE template0"); err != nil {
			return "", nil, err
		}
		return server.URL(name), func() error { return server.Exec("DROP DATABASE " + name) }, nil
	}})
	return all, server.Stop
}

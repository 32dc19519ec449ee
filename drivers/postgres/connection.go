package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/duo-orm/duo-orm/hclschema"
)

// connection is one session with one database.
type connection struct {
	session *pgx.Conn
	// defaultSchema is where unqualified names lie; version is the server's server_version_num.
	defaultSchema, versionTable string
	version                     int
}

// Where implements drivers.Connection.
func (c *connection) Where() string { return "PostgreSQL database" }

// Internal implements drivers.Connector.
func (Driver) Internal(id hclschema.Identity, versionTable string) bool {
	owner := id.Name
	if id.Parent != "" {
		owner = id.Parent
	}
	return versionTable != "" && (owner == versionTable || owner == versionTable+"_log")
}

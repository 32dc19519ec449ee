package postgres

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
)

// scratchPrefix begins the names of scratch databases; the time at which the server made one follows, and 64 random bits.
const scratchPrefix = "duo_orm_scratch_"

// scratchMark is the comment of a scratch database, without which none is ever dropped as a leftover.
const scratchMark = "made by duo-orm to try plans; it is dropped when the plan is made"

// dropWait is how long a scratch database may take to go.
const dropWait = time.Minute

// Scratch implements drivers.Connector: a new database beside the live one, or on the server of the URL.
func (Driver) Scratch(ctx context.Context, live drivers.Connection, url string) (drivers.Connection, error) {
	l, _ := live.(*connection)
	at := place{}
	var err error
	switch {
	case url != "":
		at, err = locate(url, "")
	case l != nil:
		at = l.place
	default:
		err = errors.New("a scratch database of PostgreSQL is made on a server: give a live connection or a URL")
	}
	if err != nil {
		return nil, err
	}
	c, err := newScratch(ctx, at, l)
	if err != nil {
		return nil, fmt.Errorf("make a scratch database: %w", err)
	}
	return c, nil
}

func newScratch(ctx context.Context, at place, live *connection) (_ *connection, err error) {
	admin, err := open(ctx, at, drivers.OpenOptions{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, admin.Close()) }()
	name, err := admin.newDatabase(ctx)
	if err != nil {
		return nil, err
	}
	drop := func() error { return dropDatabase(at, name) }
	inner := at.in(name)
	inner.searchPath = ""
	c := &connection{place: inner, where: "PostgreSQL scratch database " + name, private: true, lockWait: defaultLockWait, dispose: drop}
	if c.session, err = connect(ctx, inner); err != nil {
		return nil, errors.Join(err, drop())
	}
	if schema := admin.defaultSchema; schema != "public" {
		c.place.searchPath = quoted(schema)
		for _, text := range []string{"DROP SCHEMA public", "CREATE SCHEMA " + quoted(schema)} {
			if _, err := c.exec(ctx, text, nil); err != nil {
				return nil, errors.Join(c.explained(err), c.Close())
			}
		}
	}
	if err := c.settle(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// newDatabase makes an empty database like the one that the connection is in.
func (c *connection) newDatabase(ctx context.Context) (string, error) {
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	var epoch, encoding, collate, ctype string
	err := c.row(ctx, `SELECT floor(extract(epoch FROM pg_catalog.clock_timestamp()))::bigint, pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype
FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()`, nil, &epoch, &encoding, &collate, &ctype)
	if err != nil {
		return "", c.explained(err)
	}
	name := scratchPrefix + epoch + "_" + hex.EncodeToString(random)
	_, err = c.exec(ctx, "CREATE DATABASE "+quoted(name)+" TEMPLATE template0 ENCODING "+literal(encoding)+" LC_COLLATE "+literal(collate)+" LC_CTYPE "+literal(ctype), nil)
	if err != nil {
		return "", c.explained(err)
	}
	return name, nil
}

func dropDatabase(at place, name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), dropWait)
	defer cancel()
	admin, err := open(ctx, at, drivers.OpenOptions{})
	if err == nil {
		_, err = admin.exec(ctx, "DROP DATABASE IF EXISTS "+quoted(name)+" WITH (FORCE)", nil)
		err = errors.Join(admin.explained(err), admin.Close())
	}
	if err != nil {
		return fmt.Errorf("drop the scratch database %s: %w", name, err)
	}
	return nil
}

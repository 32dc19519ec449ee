package duoormtest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// template is the name of a database that the function has filled, now or in an earlier run. Tests of several programs ask for
// it at once: one makes it, the others wait.
func (p place) template(ctx context.Context, admin *pgx.Conn, sum string, fill func(url string) error) (name string, err error) {
	var role, now string
	if err := admin.QueryRow(ctx, "SELECT current_user::text, "+secondNow).Scan(&role, &now); err != nil {
		return "", err
	}
	id := sha256.Sum256([]byte(role + "\x00" + sum))
	name = templatePrefix + hex.EncodeToString(id[:16])
	key := int64(binary.BigEndian.Uint64(id[:8]))
	if _, err := admin.Exec(ctx, "SELECT pg_advisory_lock($1)", key); err != nil {
		return "", err
	}
	defer func() {
		_, failed := admin.Exec(ctx, "SELECT pg_advisory_unlock($1)", key)
		err = errors.Join(err, failed)
	}()
	if err := dropLeftovers(ctx, admin, name); err != nil {
		return "", err
	}
	var comment string
	err = admin.QueryRow(ctx, "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = $1", name).Scan(&comment)
	switch {
	case err != nil && !errors.Is(err, pgx.ErrNoRows):
		return "", err
	case err != nil || !strings.HasPrefix(comment, templateMark):
		if err := p.makeTemplate(ctx, admin, name, fill); err != nil {
			return "", err
		}
	}
	_, err = admin.Exec(ctx, "COMMENT ON DATABASE "+quoted(name)+" IS '"+templateMark+now+"'")
	return name, err
}

// makeTemplate makes the database anew. Whoever is in it keeps it from being copied, so that nobody may connect from then on.
func (p place) makeTemplate(ctx context.Context, admin *pgx.Conn, name string, fill func(url string) error) error {
	if err := drop(ctx, admin, name, true); err != nil {
		return err
	}
	if _, err := admin.Exec(ctx, "CREATE DATABASE "+quoted(name)); err != nil {
		return fmt.Errorf("make a database for the template: %w", err)
	}
	err := fill(p.url(name))
	if err == nil {
		_, err = admin.Exec(ctx, "ALTER DATABASE "+quoted(name)+" ALLOW_CONNECTIONS false")
	}
	if err != nil {
		return errors.Join(err, drop(ctx, admin, name, true))
	}
	return nil
}

// dropLeftovers drops what nobody uses any more, but for a template and its copies. What others drop at the same time, or use again, is
// theirs. Copies that were made ahead go much earlier than the template, with which new ones are made.
func dropLeftovers(ctx context.Context, admin *pgx.Conn, but string) error {
	rows, err := admin.Query(ctx, `SELECT d.datname
FROM pg_database d, extract(epoch FROM clock_timestamp()) now,
  LATERAL (SELECT coalesce(shobj_description(d.oid, 'pg_database'), '') AS comment) c
WHERE pg_has_role(d.datdba, 'USAGE') AND d.datname <> $1
  AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
  AND (d.datname ~ '^`+testPrefix+`[0-9]{10}_[0-9a-f]{16}$' AND substr(d.datname, $2::integer, 10)::bigint < now - $3::integer
    OR d.datname ~ '^`+templatePrefix+`[0-9a-f]{32}$' AND c.comment ~ ('^' || $4::text || '[0-9]+$')
      AND substr(c.comment, length($4::text) + 1)::bigint < now - $5::integer
    OR d.datname ~ '^`+sparePrefix+`[0-9a-f]{32}_[0-9a-f]{16}$' AND substr(d.datname, $6::integer, 32) <> substr($1, $7::integer) AND NOT EXISTS (
      SELECT FROM pg_database t WHERE t.datname = '`+templatePrefix+`' || substr(d.datname, $6::integer, 32)
        AND shobj_description(t.oid, 'pg_database') ~ ('^' || $4::text || '[0-9]+$')
        AND substr(shobj_description(t.oid, 'pg_database'), length($4::text) + 1)::bigint >= now - $3::integer))`,
		but, len(testPrefix)+1, int(testKept.Seconds()), templateMark, int(templateKept.Seconds()), len(sparePrefix)+1, len(templatePrefix)+1)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		var refused interface{ SQLState() string }
		if err := drop(ctx, admin, name, false); err != nil && !errors.As(err, &refused) {
			return err
		}
	}
	return nil
}

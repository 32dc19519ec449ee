package postgres

import (
	"context"
	"strings"

	"github.com/duo-orm/duo-orm/drivers"
)

// Resume implements drivers.Resumer for the statements that run outside of transactions: those on indexes, values of
// enums, partitions that are detached, and maintenance, which may be done twice.
func (Driver) Resume(ctx context.Context, conn drivers.Connection, sql string) ([]string, bool, error) {
	t := tokensOf(sql)
	switch {
	case t.accept("CREATE", "INDEX"), t.accept("CREATE", "UNIQUE", "INDEX"):
		return resumeIndex(ctx, conn, t, sql)
	case t.accept("DROP", "INDEX"):
		return resumeDrop(ctx, conn, t, sql)
	case t.accept("REINDEX"):
		return resumeReindex(ctx, conn, sql)
	case t.accept("ALTER", "TYPE"):
		return resumeValue(ctx, conn, t, sql)
	case t.accept("ALTER", "TABLE"):
		return resumeDetach(ctx, conn, t, sql)
	case t.accept("VACUUM"), t.accept("ANALYZE"), t.accept("CLUSTER"), t.accept("REFRESH"), t.accept("CHECKPOINT"), sql == nothing:
		return []string{sql}, true, nil
	}
	return nil, false, nil
}

// resumeIndex builds an index again that was left invalid: IF NOT EXISTS would take it for done.
func resumeIndex(ctx context.Context, conn drivers.Connection, t *tokens, sql string) ([]string, bool, error) {
	concurrently := t.accept("CONCURRENTLY")
	_ = t.accept("IF", "NOT", "EXISTS")
	index, named := t.name()
	if !named || !t.accept("ON") {
		return nil, false, nil
	}
	_ = t.accept("ONLY")
	table, named := t.qualified()
	if !named {
		return nil, false, nil
	}
	found, valid, own, schema := false, false, false, ""
	err := conn.Query(ctx, `SELECT i.indisvalid, i.indrelid = c.oid, n.nspname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class x ON x.relnamespace = c.relnamespace AND x.relname = ?
JOIN pg_catalog.pg_index i ON i.indexrelid = x.oid
WHERE c.oid = pg_catalog.to_regclass(?)`, []any{index, table}, func(scan func(...any) error) error {
		found = true
		return scan(&valid, &own, &schema)
	})
	switch {
	case err != nil, found && !own:
		return nil, false, err
	case !found:
		return []string{sql}, true, nil
	case valid:
		return nil, true, nil
	}
	drop := "DROP INDEX "
	if concurrently {
		drop += "CONCURRENTLY "
	}
	return []string{drop + quoted(schema) + "." + quoted(index), sql}, true, nil
}

func resumeDrop(ctx context.Context, conn drivers.Connection, t *tokens, sql string) ([]string, bool, error) {
	_ = t.accept("CONCURRENTLY")
	_ = t.accept("IF", "EXISTS")
	index, named := t.qualified()
	if !named || t.next() == "," {
		return nil, false, nil
	}
	there := false
	err := conn.Query(ctx, "SELECT pg_catalog.to_regclass(?) IS NOT NULL", []any{index}, func(scan func(...any) error) error { return scan(&there) })
	if err != nil || !there {
		return nil, err == nil, err
	}
	return []string{sql}, true, nil
}

// resumeReindex takes away the indexes that REINDEX CONCURRENTLY leaves where it is cut off, the new ones (_ccnew) and the old
// ones that it has replaced (_ccold), and begins anew.
func resumeReindex(ctx context.Context, conn drivers.Connection, sql string) ([]string, bool, error) {
	var statements []string
	err := conn.Query(ctx, `SELECT pg_catalog.format('DROP INDEX CONCURRENTLY %I.%I', n.nspname, x.relname)
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace
WHERE NOT i.indisvalid AND x.relname ~ '_cc(new|old)[0-9]*$' AND x.relkind = 'i' AND n.nspname !~ '^pg_'
ORDER BY 1`, nil, func(scan func(...any) error) error {
		statements = append(statements, "")
		return scan(&statements[len(statements)-1])
	})
	return append(statements, sql), err == nil, err
}

func resumeValue(ctx context.Context, conn drivers.Connection, t *tokens, sql string) ([]string, bool, error) {
	enum, named := t.qualified()
	if !named || !t.accept("ADD", "VALUE") {
		return nil, false, nil
	}
	_ = t.accept("IF", "NOT", "EXISTS")
	value := t.next()
	if !strings.HasPrefix(value, "'") {
		return nil, false, nil
	}
	value = strings.ReplaceAll(strings.Trim(value, "'"), "''", "'")
	there := false
	err := conn.Query(ctx, "SELECT EXISTS (SELECT FROM pg_catalog.pg_enum WHERE enumtypid = pg_catalog.to_regtype(?) AND enumlabel = ?)",
		[]any{enum, value}, func(scan func(...any) error) error { return scan(&there) })
	if err != nil || there {
		return nil, err == nil, err
	}
	return []string{sql}, true, nil
}

// resumeDetach finishes DETACH PARTITION … CONCURRENTLY, whose first half lets the engine refuse to begin again.
func resumeDetach(ctx context.Context, conn drivers.Connection, t *tokens, sql string) ([]string, bool, error) {
	_ = t.accept("IF", "EXISTS")
	table, named := t.qualified()
	if !named || !t.accept("DETACH", "PARTITION") {
		return nil, false, nil
	}
	partition, named := t.qualified()
	if !named {
		return nil, false, nil
	}
	statements := []string(nil)
	err := conn.Query(ctx, `SELECT COALESCE((pg_catalog.to_jsonb(h) ->> 'inhdetachpending')::boolean, false)
FROM pg_catalog.pg_inherits h
WHERE h.inhparent = pg_catalog.to_regclass(?) AND h.inhrelid = pg_catalog.to_regclass(?)`, []any{table, partition}, func(scan func(...any) error) error {
		pending := false
		if err := scan(&pending); err != nil {
			return err
		}
		statements = []string{sql}
		if pending {
			statements = []string{"ALTER TABLE " + table + " DETACH PARTITION " + partition + " FINALIZE"}
		}
		return nil
	})
	return statements, err == nil, err
}

// tokens are the words, names and signs of a statement.
type tokens struct{ list []string }

func tokensOf(sql string) *tokens {
	t := &tokens{}
	for at := 0; at < len(sql); {
		end, kind := piece(sql, at)
		if kind != blankPiece {
			t.list = append(t.list, sql[at:end])
		}
		at = end
	}
	return t
}

// accept goes past words where the statement goes on with all of them.
func (t *tokens) accept(words ...string) bool {
	if len(t.list) < len(words) {
		return false
	}
	for i, word := range words {
		if !strings.EqualFold(t.list[i], word) {
			return false
		}
	}
	t.list = t.list[len(words):]
	return true
}

// next goes past one token; it is empty at the end.
func (t *tokens) next() string {
	if len(t.list) == 0 {
		return ""
	}
	token := t.list[0]
	t.list = t.list[1:]
	return token
}

// name goes past a name, and returns it as the catalogue has it.
func (t *tokens) name() (string, bool) {
	if len(t.list) == 0 || strings.EqualFold(t.list[0], "ON") {
		return "", false
	}
	token := t.list[0]
	switch {
	case token[0] == '"' && len(token) > 2:
		token = strings.ReplaceAll(token[1:len(token)-1], `""`, `"`)
	case nameStart(token[0]):
		token = lower(token)
	default:
		return "", false
	}
	t.list = t.list[1:]
	return token, true
}

// qualified goes past a name with its schema, and returns it quoted.
func (t *tokens) qualified() (string, bool) {
	first, ok := t.name()
	if !ok || len(t.list) == 0 || t.list[0] != "." {
		return quoted(first), ok
	}
	t.list = t.list[1:]
	second, ok := t.name()
	return quoted(first) + "." + quoted(second), ok
}

package postgres

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// exec runs one statement of the extended protocol, which takes no second one, and returns the number of rows that it changed.
func (c *connection) exec(ctx context.Context, text string, args []any) (int64, error) {
	inner, done := c.kept(ctx)
	defer done()
	reader, err := c.send(inner, text, args)
	if err != nil {
		return 0, err
	}
	tag, err := reader.Close()
	if err != nil {
		return 0, interrupted(ctx, err)
	}
	if tag.Insert() || tag.Update() || tag.Delete() || strings.HasPrefix(tag.String(), "MERGE ") {
		return tag.RowsAffected(), nil
	}
	return 0, nil
}

// query runs one statement and hands its rows on after it has ended.
func (c *connection) query(ctx context.Context, text string, args []any, row func(scan func(...any) error) error) error {
	inner, done := c.kept(ctx)
	reader, err := c.send(inner, text, args)
	if err != nil {
		done()
		return err
	}
	result := reader.Read()
	done()
	if result.Err != nil {
		return interrupted(ctx, result.Err)
	}
	types := c.session.TypeMap()
	for _, values := range result.Rows {
		err := row(func(into ...any) error {
			if len(into) != len(values) {
				return fmt.Errorf("%d columns for %d destinations", len(values), len(into))
			}
			for i, value := range values {
				if err := receive(types, result.FieldDescriptions[i].DataTypeOID, value, into[i]); err != nil {
					return fmt.Errorf("column %q: %w", result.FieldDescriptions[i].Name, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// row reads the one row of a query.
func (c *connection) row(ctx context.Context, text string, args []any, into ...any) error {
	found := false
	err := c.query(ctx, text, args, func(scan func(...any) error) error {
		found = true
		return scan(into...)
	})
	if err == nil && !found {
		return errNoRow
	}
	return err
}

var (
	errNoRow  = errors.New("the query returned no row")
	errClosed = errors.New("the connection is closed")
)

func (c *connection) send(ctx context.Context, text string, args []any) (*pgconn.ResultReader, error) {
	if c.session == nil {
		return nil, errClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	values := make([][]byte, len(args))
	for i, arg := range args {
		var err error
		if values[i], err = asText(arg); err != nil {
			return nil, fmt.Errorf("parameter %d: %w", i+1, err)
		}
	}
	if len(args) > 0 {
		var marks int
		if text, marks = numbered(text); marks != len(args) {
			return nil, fmt.Errorf("the statement has %d ? marks for %d parameters", marks, len(args))
		}
	}
	if len(args) > math.MaxUint16 {
		return nil, fmt.Errorf("the statement has %d parameters; the server takes %d", len(args), math.MaxUint16)
	}
	return c.session.PgConn().ExecParams(ctx, text, values, nil, nil, nil), nil
}

// interrupted is the context's error where it has ended the statement.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil && (sqlState(err) == stateQueryCanceled || sqlState(err) == "") {
		return ctx.Err()
	}
	return err
}

// asText writes a value as PostgreSQL reads it for whatever type is wanted.
func asText(value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		return []byte(v), nil
	case []byte:
		if v == nil {
			return nil, nil
		}
		return append([]byte(`\x`), hex.EncodeToString(v)...), nil
	case bool:
		return strconv.AppendBool(nil, v), nil
	case int:
		return strconv.AppendInt(nil, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(nil, v, 10), nil
	case uint32:
		return strconv.AppendUint(nil, uint64(v), 10), nil
	case float64:
		switch {
		case math.IsInf(v, 1):
			return []byte("Infinity"), nil
		case math.IsInf(v, -1):
			return []byte("-Infinity"), nil
		}
		return strconv.AppendFloat(nil, v, 'g', -1, 64), nil
	}
	return nil, fmt.Errorf("a %T can't be sent", value)
}

// receive reads a value that the server has sent as text.
func receive(types *pgtype.Map, oid uint32, value []byte, into any) error {
	switch into := into.(type) {
	case *any:
		v, err := plain(oid, value)
		*into = v
		return err
	case *string:
		if value == nil {
			return errors.New("NULL where a text is expected")
		}
		*into = string(value)
		return nil
	case **string:
		*into = nil
		if value != nil {
			text := string(value)
			*into = &text
		}
		return nil
	}
	return types.Scan(oid, pgtype.TextFormatCode, value, into)
}

// plain is the value as a plain Go value: exact, so that equal values are equal and only they are.
func plain(oid uint32, value []byte) (any, error) {
	if value == nil {
		return nil, nil
	}
	text := string(value)
	switch oid {
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID, pgtype.OIDOID:
		return strconv.ParseInt(text, 10, 64)
	case pgtype.Float4OID, pgtype.Float8OID:
		return strconv.ParseFloat(text, 64)
	case pgtype.BoolOID:
		return text == "t", nil
	case pgtype.ByteaOID:
		return hex.DecodeString(strings.TrimPrefix(text, `\x`))
	}
	return text, nil
}

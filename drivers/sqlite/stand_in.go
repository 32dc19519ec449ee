package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"

	engine "modernc.org/sqlite"
)

// standIns are the functions and collations that texts name and the engine lacks: those that an application brings along.
type standIns struct {
	// scalar and aggregate are names of functions, in lower case; a name that is in both is taken for an aggregate.
	scalar, aggregate map[string]bool
	collations        map[string]bool
	tables            foreignTables
}

// add takes the names of a text. What isn't called or collated by, such as the table in "INSERT INTO t (a)", does no harm:
// functions have a space of names of their own.
func (s *standIns) add(text string) {
	tokens, err := lex(text)
	if err != nil {
		return // the engine has read it; what it names stays unknown
	}
	for i, t := range tokens {
		if i+1 >= len(tokens) || t.kind != tokenWord && t.kind != tokenQuoted {
			continue
		}
		switch next := tokens[i+1]; {
		case t.is("REGEXP"):
			s.scalar["regexp"] = true
		case next.symbol("(") && called(tokens[i+1:]):
			s.aggregate[asciiLower(t.content())] = true
		case next.symbol("("):
			s.scalar[asciiLower(t.content())] = true
		case t.is("COLLATE"):
			s.collations[asciiLower(next.content())] = true
		}
	}
}

// called says that an argument list is one that only aggregates and window functions take.
func called(tokens []token) bool {
	if len(tokens) > 1 && tokens[1].is("DISTINCT") {
		return true
	}
	depth := 0
	for i, t := range tokens {
		switch {
		case t.symbol("("):
			depth++
		case depth == 1 && t.is("ORDER"):
			return true
		case t.symbol(")"):
			if depth--; depth == 0 {
				return i+1 < len(tokens) && (tokens[i+1].is("OVER") || tokens[i+1].is("FILTER"))
			}
		}
	}
	return false
}

// without takes away what the engine has.
func (s *standIns) without(functions, collations []string) {
	for _, name := range functions {
		delete(s.scalar, asciiLower(name))
		delete(s.aggregate, asciiLower(name))
	}
	for _, name := range collations {
		delete(s.collations, asciiLower(name))
	}
}

// connector opens databases that know the stand-ins. They are only compiled, never called.
func (s *standIns) connector(dsn string) (driver.Connector, error) {
	const longest = 255 // bytes of a function's name (sqlite.org/c3ref/create_function.html)
	d := &engine.Driver{}
	errs := []error{s.tables.register(d, false)}
	for name := range s.aggregate {
		if len(name) <= longest {
			errs = append(errs, d.RegisterFunction(name, &engine.FunctionImpl{NArgs: -1, Deterministic: true,
				MakeAggregate: func(engine.FunctionContext) (engine.AggregateFunction, error) { return nil, errStandIn }}))
		}
	}
	for name := range s.scalar {
		if len(name) <= longest && !s.aggregate[name] {
			errs = append(errs, d.RegisterDeterministicScalarFunction(name, -1,
				func(*engine.FunctionContext, []driver.Value) (driver.Value, error) { return nil, errStandIn }))
		}
	}
	for name := range s.collations {
		errs = append(errs, d.RegisterCollationUtf8(name, strings.Compare))
	}
	return connector{d: d, dsn: dsn}, errors.Join(errs...)
}

var errStandIn = errors.New("a function of the application was called, which isn't here")

// connector opens connections of a driver of its own.
type connector struct {
	d   *engine.Driver
	dsn string
}

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c.d.Open(c.dsn)
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return c.d }

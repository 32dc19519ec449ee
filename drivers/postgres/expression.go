package postgres

import "strings"

// unwrap takes the parentheses away that hold all of an expression, spaces around it too. The engine writes them around
// operators and leaves them out around calls, people write them or not.
func unwrap(expr string) string {
	for {
		expr = strings.TrimSpace(expr)
		if len(expr) < 2 || expr[0] != '(' || lastOf(expr) != len(expr)-1 {
			return expr
		}
		expr = expr[1 : len(expr)-1]
	}
}

// lastOf is where the parenthesis at the beginning of an expression is closed; -1 where it isn't.
func lastOf(expr string) int {
	depth := 0
	for i := 0; i < len(expr); {
		switch c := expr[i]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i
			}
		}
		i += token(expr[i:])
	}
	return -1
}

// token is the length of what begins an SQL text, as far as parentheses are concerned: a string, a quoted name, a comment, or
// one byte of anything else.
func token(sql string) int {
	end := func(of string, from int) int {
		if i := strings.Index(sql[from:], of); i >= 0 {
			return from + i + len(of)
		}
		return len(sql)
	}
	switch {
	case sql[0] == '\'' || sql[0] == '"':
		return end(sql[:1], 1) // a doubled quote begins another string
	case len(sql) > 1 && (sql[0] == 'E' || sql[0] == 'e') && sql[1] == '\'':
		for i := 2; i < len(sql); i++ {
			switch sql[i] {
			case '\\':
				i++
			case '\'':
				return i + 1
			}
		}
		return len(sql)
	case strings.HasPrefix(sql, "--"):
		return end("\n", 2)
	case strings.HasPrefix(sql, "/*"):
		return end("*/", 2)
	case sql[0] == '$':
		if tag := dollarTag(sql); tag != "" {
			return end(tag, len(tag))
		}
	case wordByte(sql[0]):
		i := 1
		for i < len(sql) && wordByte(sql[i]) {
			i++
		}
		return i
	}
	return 1
}

// dollarTag is the $tag$ that a text begins with; empty for none.
func dollarTag(sql string) string {
	for i := 1; i < len(sql); i++ {
		if sql[i] == '$' {
			return sql[:i+1]
		}
		if !wordByte(sql[i]) || i == 1 && sql[i] >= '0' && sql[i] <= '9' {
			return ""
		}
	}
	return ""
}

// wrapped is an expression in parentheses.
func wrapped(expr string) string { return "(" + expr + ")" }

// Package sqltext is the one writer of SQL text and the one way to quote, for every dialect. Statements are written line by
// line, one clause a line, for people who review them; a text that comes from a model or a database is never reindented,
// since a line break in it may stand within a string. The package knows no dialect: a Quoting says how names are quoted.
package sqltext

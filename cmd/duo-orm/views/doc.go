// Package views shows results: for people, with colour where there is a terminal, and as JSON for programs.
//
// A result is plain data that a command filled in; showing it decides nothing. Text from databases, files and servers is
// made harmless here (control characters are escaped), and nowhere else. Every JSON document is a struct of its own with
// a format version; docs/json.md describes each field.
package views

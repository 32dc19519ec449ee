// Package sample knows values of PostgreSQL's types: which ones a column takes, what a check suggests, what stays of them when
// a type changes. The proof fills the tables of scratch databases with them.
//
// It reads states only. Types are read as format_type writes them; enums, domains, composites and ranges are looked up in the
// state. A type that it doesn't know is named, never guessed.
package sample

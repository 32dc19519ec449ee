// Package hclschema is the state of a database as data, and as text in HCL.
//
// A State is a set of Objects: tables, columns, keys, indexes, checks, views, triggers, each with its identity, its
// properties and the place of its declaration. Load reads model files into a state; Write, WriteText and Rewrite go the
// other way, so that what they write loads as what they were given. Each kind of object is one file here that says which
// names its block knows (see Language), reads it and writes it.
//
// The package knows an engine through Dialect only, reads no file and opens no connection.
package hclschema

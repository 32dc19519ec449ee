// Package drivers is what a dialect has to offer, and what the planner and it speak of: steps, changes, hazards, renames.
//
// A Driver opens connections (Connector), reads a database's schema (Inspector), writes SQL (Renderer) and answers what
// models must know of the engine (hclschema.Dialect). The planner is given one and knows no dialect by name; the dialects
// lie in folders of their own, package dialects lists them, and package conformance holds what each of them must satisfy.
package drivers

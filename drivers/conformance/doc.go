// Package conformance is the suite that every dialect passes: one table of cases, each a change of models with rows in
// the tables, run against a real database.
//
// A case is data. The suite makes the models before, puts the rows in, plans the way to the models after, runs it up,
// down and up again, and looks after each leg at the schema, at the rows, and at whether a further plan would find
// anything left to do. What a dialect can't express is told by its Accepts, never by a skip here.
//
// The package is test support. How plans are made comes in with the Target, so that nothing here imports the planner.
package conformance

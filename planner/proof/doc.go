// Package proof runs a plan on scratch databases before anybody else has to: from the start state up, down and up again,
// with rows in the tables, and compares what comes out with what was wanted.
//
// The rows are made to fit the types, keys and checks of the start and of the end. The engine is the judge of that: a
// second scratch database holds the end state, and a row counts only where both databases took it. So a row that is lost
// or altered on the way, and a step that fails because of one, is the plan's fault.
//
// It never touches the live database, and it never reads a clock or a random source: the same request has the same result.
package proof

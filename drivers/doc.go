// Package drivers is what a dialect has to offer, and what the planner and it speak of: steps, changes, hazards, renames.
//
// A Driver answers what models must know of the engine (hclschema.Dialect), knows how objects hang together (Linker),
// writes SQL (Renderer) and opens connections (Connector), which read the schema and run the steps. The planner is given
// one and knows no dialect by name; the dialects lie in folders of their own, package dialects lists them, and package
// conformance holds what each of them must satisfy.
package drivers

// Package planner finds the way from what a database is to what its models say, and back.
//
// Create compares two states by identity and property, carries out renames on a scratch copy first, orders what is left by
// dependencies, has the driver write the statements, and proves the result with rows on scratch. The package knows no
// dialect and no kind of object by name: what a driver doesn't claim to alter is replaced, and refused by name where a
// replacement would lose rows.
package planner

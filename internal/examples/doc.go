// Package examples runs the projects of the folder examples with the command line, so that they keep working. It has no
// code of its own.
package examples

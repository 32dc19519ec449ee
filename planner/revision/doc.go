// Package revision reads and writes revision files, checks their meaning by checksums, and knows the graph that they form:
// parents, heads, and targets such as head, base, -1 or the beginning of an id. It never connects to a database.
package revision

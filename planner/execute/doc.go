// Package execute runs revision files against a database and keeps the record of what was run. It runs what was reviewed
// and plans nothing: each revision is one transaction with its record, under a lock, after everything was read again.
package execute

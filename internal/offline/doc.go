// Package offline holds the tests of scripts: sqlite3 and psql run them, and what they leave is what the command leaves.
package offline

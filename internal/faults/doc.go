// Package faults holds the tests that kill, starve and race the command line, as a user's machine would.
package faults

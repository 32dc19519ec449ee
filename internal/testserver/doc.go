// Package testserver starts real database servers for tests, from the machine's own binaries, in throwaway folders, and
// stops them when the tests end, however they end. It is for tests alone.
package testserver

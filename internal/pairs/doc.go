// Package pairs holds the test that takes random databases with rows to random other schemas and back, and compares by an
// oracle that isn't the project's: upgrade gives B, downgrade gives A, and rows that can be kept are kept.
package pairs

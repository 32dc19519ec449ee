// Package corpus holds the tests that take real schemas, change pairs and random changes of schemas there and back with the command line
// alone, and compare the databases by an oracle that isn't the project's. What differs between engines is in an engine.
package corpus

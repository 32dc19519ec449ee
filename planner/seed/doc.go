// Package seed plans the rows that models declare: it compares them with the rows of the live database, after the engine's own
// normalisation, and writes the steps that insert, update and delete, and those of the way back. It never writes to a live database.
package seed

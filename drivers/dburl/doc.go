// Package dburl reads database URLs by the rules that users of SQLAlchemy know, and shows them without their secrets. It
// knows no dialect, opens nothing, and puts no part of a URL into an error that could hold a password.
package dburl

package testserver

import "testing"

func TestMain(m *testing.M) { Main(m) }

func TestDatabase(t *testing.T) {
	s := Postgres(t)
	url := s.Database(t)
	Exec(t, url, "CREATE TABLE t (i integer)", "INSERT INTO t VALUES (1)")
}

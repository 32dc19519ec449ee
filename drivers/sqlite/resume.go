package sqlite

import (
	"context"

	"github.com/duo-orm/duo-orm/drivers"
)

// Resume implements drivers.Resumer: maintenance may be done twice, and of anything else SQLite doesn't tell whether it ran.
func (Driver) Resume(_ context.Context, _ drivers.Connection, sql string) ([]string, bool, error) {
	s, err := readStatement(sql)
	if err != nil {
		return nil, false, err
	}
	twice := s.begins("VACUUM") && !s.begins("VACUUM", "INTO") || s.begins("ANALYZE") || s.begins("REINDEX") || s.begins("PRAGMA")
	return []string{sql}, twice, nil
}

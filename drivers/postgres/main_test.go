package postgres

import (
	"testing"

	"github.com/duo-orm/duo-orm/internal/testserver"
)

func TestMain(m *testing.M) { testserver.Main(m) }

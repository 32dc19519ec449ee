package execute_test

import (
	"context"
	"errors"
	"testing"

	"github.com/duo-orm/duo-orm/planner/execute"
)

// A downgrade that would have to take an irreversible revision back runs nothing, not even what comes before it.
func TestIrreversible(t *testing.T) {
	conn := newDatabase(t).open()
	files := line(3)
	files[1].Irreversible, files[1].Downgrade = "the rows are gone", nil
	graph := join(t, files...)
	upgrade(t, options(conn, graph, "head"))
	var oneWay *execute.IrreversibleError
	if _, err := execute.Downgrade(context.Background(), options(conn, graph, "t1")); !errors.As(err, &oneWay) || oneWay.File.ID != "t2" {
		t.Fatalf("got %v", err)
	}
	if relations(t, conn) != "t1 t2 t3" {
		t.Errorf("holds %q", relations(t, conn))
	}
	if _, err := execute.Downgrade(context.Background(), options(conn, graph, "t2")); err != nil {
		t.Errorf("what comes after it can be taken back: %v", err)
	}
}

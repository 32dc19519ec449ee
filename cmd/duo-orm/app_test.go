package main

import (
	"os"
	"syscall"
	"testing"

	"github.com/duo-orm/duo-orm/cmd/duo-orm/views"
)

func TestInterruptedCodes(t *testing.T) {
	for signal, code := range map[os.Signal]int{os.Interrupt: 130, syscall.SIGTERM: 143} {
		got := interrupted(views.Failure{Code: 1, Kind: "step", Message: "step 1 failed", Details: []string{"Nothing was applied."}}, signal)
		if got.Code != code || got.Kind != "interrupted" || len(got.Details) != 1 {
			t.Errorf("%s: %+v", signal, got)
		}
	}
}

// Command duo-orm plans, proves and applies changes of database schemas.
package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/duo-orm/duo-orm/planner/revision"
)

func main() { os.Exit(run(systemDeps())) }

// systemDeps is the real world.
func systemDeps() deps {
	return deps{
		args: os.Args[1:], in: os.Stdin, out: os.Stdout, err: os.Stderr,
		inTerminal: isTerminal(os.Stdin), outTerminal: isTerminal(os.Stdout), errTerminal: isTerminal(os.Stderr),
		lookup: os.LookupEnv, getwd: os.Getwd, clock: time.Now, newID: func() (string, error) { return revision.NewID(rand.Reader) }, build: buildVersion(),
		signals: notify,
	}
}

// notify cancels the context at the first signal; the second one ends the program at once, as it would without us.
func notify(parent context.Context) (context.Context, func() os.Signal) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	caught := make(chan os.Signal, 1)
	go func() {
		first := <-signals
		signal.Stop(signals)
		signal.Reset(os.Interrupt, syscall.SIGTERM)
		caught <- first
		cancel()
	}()
	return ctx, func() os.Signal {
		select {
		case got := <-caught:
			return got
		default:
			return nil
		}
	}
}

func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && file.Name() != os.DevNull
}

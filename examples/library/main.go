// Command library lends books: a small service that carries the revisions of its database in itself and upgrades it when it
// starts. See README.md.
package main

import (
	"context"
	"embed"
	"errors"
	"flag"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// The revisions of both engines. Each program runs those of one.
//
//go:embed sqlite/migrations postgres/migrations
var migrations embed.FS

func main() {
	address := flag.String("listen", "127.0.0.1:8080", "the address to listen at")
	url := flag.String("database", "", "the URL of a PostgreSQL database; without it the file library.db is used")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := serve(ctx, *address, *url, slog.Default())
	stop()
	if err != nil {
		slog.Error("the library is closed", "because", err)
		os.Exit(1)
	}
}

// serve opens the library's database and answers requests until the context ends.
func serve(ctx context.Context, address, url string, logger *slog.Logger) (err error) {
	lib, err := open(ctx, url, logger)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lib.db.Close()) }()
	server := &http.Server{Addr: address, Handler: lib.handler(), ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(ending); err != nil {
			logger.Warn("requests were cut off", "because", err)
		}
	})
	logger.Info("the library is open", "at", "http://"+address)
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/duo-orm/duo-orm/drivers"
	"github.com/duo-orm/duo-orm/hclschema"
	"github.com/duo-orm/duo-orm/planner"
)

// plan does what migration create does, but for writing the file, and prints how long each part took.
func plan(e engine, folder, url, profile string) error {
	if profile != "" {
		file, err := os.Create(profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	r := result{Parts: map[string]time.Duration{}}
	timing := func(part string) func() {
		begun := time.Now()
		return func() { r.Parts[part] += time.Since(begun) }
	}
	ctx, driver := context.Background(), e.driver
	read := timing("read")
	desired, err := models(folder, driver)
	if err != nil {
		return err
	}
	read()
	live, err := driver.Open(ctx, url, drivers.OpenOptions{Root: folder, ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = live.Close() }()
	p, err := planner.Create(ctx, planner.Request{Driver: driver, Live: live, Desired: desired, Timing: timing})
	if err != nil {
		return err
	}
	r.Steps = len(p.Upgrade)
	return json.NewEncoder(os.Stdout).Encode(r)
}

func models(folder string, driver drivers.Driver) (*hclschema.State, error) {
	files, err := filepath.Glob(filepath.Join(folder, "models/*.hcl"))
	if err != nil {
		return nil, err
	}
	sources := make([]hclschema.Source, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		sources[i] = hclschema.Source{Name: filepath.Base(file), Bytes: text}
	}
	state, diagnostics := hclschema.Load(sources, nil, driver)
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("%w", diagnostics)
	}
	return state, nil
}

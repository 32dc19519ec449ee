package main

import (
	"runtime"
	"runtime/debug"
)

// build says what was built.
type build struct{ version, revision, goVersion, platform string }

// version is set by the linker for a release: -ldflags "-X main.version=1.2.3".
var version string

func buildVersion() build {
	b := build{version: version, goVersion: runtime.Version(), platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				b.revision = setting.Value
			}
		}
		if b.version == "" && info.Main.Version != "(devel)" {
			b.version = info.Main.Version
		}
	}
	if b.version == "" {
		b.version = "development"
	}
	return b
}

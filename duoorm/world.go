package duoorm

import (
	"os"
	"runtime/debug"
	"time"
)

// What the package takes from the world where its options name nothing else: the clock, the environment, and what the program
// was built from. It is all here.

func clock() time.Time { return time.Now() }

func lookup(name string) (string, bool) { return os.LookupEnv(name) }

const module = "github.com/duo-orm/duo-orm"

// tool is the package with the version of its module.
func tool() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "duoorm"
	}
	version := ""
	if info.Main.Path == module {
		version = info.Main.Version
	}
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			version = dependency.Version
		}
	}
	if version == "" || version == "(devel)" {
		return "duoorm"
	}
	return "duoorm " + version
}

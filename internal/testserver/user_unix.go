//go:build unix

package testserver

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// account runs servers as a user without privileges: PostgreSQL refuses to run as root.
type account struct{}

var unprivileged account

func (account) ids() (uid, gid int, needed bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, wrongUser := strconv.Atoi(u.Uid)
		gid, wrongGroup := strconv.Atoi(u.Gid)
		if wrongUser == nil && wrongGroup == nil {
			return uid, gid, true
		}
	}
	return 65534, 65534, true
}

// own gives a file to the account.
func (a account) own(path string) error {
	uid, gid, needed := a.ids()
	if !needed {
		return nil
	}
	return os.Chown(path, uid, gid)
}

// run has a command run as the account, in a process group of its own, so that an interrupt on the terminal doesn't reach it
// before the tests have ended.
func (a account) run(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if uid, gid, needed := a.ids(); needed {
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
}

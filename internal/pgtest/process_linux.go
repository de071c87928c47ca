package pgtest

import (
	"os"
	"syscall"
)

// processOptions has the kernel end the server with the test program, and lets
// it run as nobody where that program runs as root.
func processOptions() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() == 0 {
		a.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return a
}

package pgtest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// server is a PostgreSQL of our own, in a folder of its own.
type server struct {
	dsn    string
	dir    string
	cmd    *exec.Cmd
	exited chan struct{}
}

// Folders are named after the test program's process, so that one left by a
// killed program is known as such.
const folder = "docket-pg-"

// nobody is the user PostgreSQL runs as where the tests run as root, which it refuses.
const nobody = 65534

func startServer() (*server, error) {
	bin, err := findBinaries()
	if err != nil {
		return nil, err
	}
	removeLeftovers()
	dir, err := os.MkdirTemp("", folder+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, dsn: "host=" + dir + " user=postgres dbname=postgres", exited: make(chan struct{})}
	if os.Geteuid() == 0 {
		err = os.Chown(dir, nobody, nobody)
	}
	if err == nil {
		err = s.initialise(bin)
	}
	if err == nil {
		err = s.run(bin)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// findBinaries returns the folder of initdb and postgres, the newest version's of several.
func findBinaries() (string, error) {
	places := []string{os.Getenv("PGBIN")}
	if places[0] == "" {
		places, _ = filepath.Glob("/usr/lib/postgresql/*/bin")
		slices.SortFunc(places, func(a, b string) int { return version(b) - version(a) })
	}
	for _, p := range places {
		if _, err := os.Stat(filepath.Join(p, "initdb")); err == nil && p != "" {
			return p, nil
		}
	}
	return "", errors.New("initdb was found neither in $PGBIN nor below /usr/lib/postgresql")
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // 0 for odd names: tried last
	return n
}

func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = processOptions()
	return cmd
}

func (s *server) initialise(bin string) error {
	out, err := s.command(filepath.Join(bin, "initdb"), "-D", filepath.Join(s.dir, "data"), "-U", "postgres",
		"-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	return nil
}

// run starts the server and returns when it takes connections. What is
// committed may be lost by a power cut: a test's data are of no worth.
func (s *server) run(bin string) error {
	log, logTo := io.Pipe()
	s.cmd = s.command(filepath.Join(bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", s.dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off",
		"-c", "shared_buffers=64MB", "-c", "max_connections=60", "-c", "max_wal_size=512MB", "-c", "unix_socket_permissions=0700")
	s.cmd.Stderr = logTo
	if os.Geteuid() == 0 { // we connect as root, the socket is nobody's
		s.cmd.Args = slices.Replace(s.cmd.Args, len(s.cmd.Args)-1, len(s.cmd.Args), "unix_socket_permissions=0777")
	}
	started := make(chan error)
	go func() {
		// The kernel ends the server with the thread that started it: keep that thread.
		runtime.LockOSThread()
		err := s.cmd.Start()
		started <- err
		if err == nil {
			s.cmd.Wait()
		}
		logTo.Close()
		close(s.exited)
	}()
	if err := <-started; err != nil {
		return err
	}
	ready := make(chan error, 1)
	go followLog(log, ready)
	return <-ready
}

// followLog tells when the server takes connections, or the last it said before it ended.
func followLog(log io.Reader, ready chan<- error) {
	lines := bufio.NewScanner(log)
	var last string
	for lines.Scan() {
		last = lines.Text()
		if strings.Contains(last, "ready to accept connections") {
			select {
			case ready <- nil:
			default:
			}
		}
	}
	select {
	case ready <- fmt.Errorf("postgres did not start: %s", last):
	default:
	}
}

// stop ends the server at once and removes its folder.
func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGQUIT)
	<-s.exited
	os.RemoveAll(s.dir)
}

// removeLeftovers removes the folders of test programs that no longer run.
func removeLeftovers() {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), folder+"*"))
	for _, dir := range dirs {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), folder), "-")
		if n, err := strconv.Atoi(pid); err == nil && !runs(n) {
			os.RemoveAll(dir)
		}
	}
}

// runs reports whether there is a process of that number.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	return err == nil && !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// A need is a program the tests use that neither Go nor npm brings.
type need struct {
	name      string
	found     func() bool
	debian    []string // packages that bring it
	elsewhere string   // what to tell people on other systems
}

func needs() []need {
	return []need{
		{"PostgreSQL", hasPostgres, []string{"postgresql"}, "install PostgreSQL 15 or newer, or name one with DOCKET_TEST_PG"},
		{"Chromium", hasChromium, []string{"chromium"}, "install Chromium or Chrome, or name one with DOCKET_CHROMIUM"},
		{"a C compiler (for the race detector)", func() bool { return onPath("gcc", "clang", "cc") }, []string{"gcc", "libc6-dev"}, "install gcc or clang"},
		{"OpenLDAP's slapd", func() bool { return onPath("slapd") || exists("/usr/sbin/slapd") }, []string{"slapd"}, "install OpenLDAP's server (slapd), or name one with DOCKET_SLAPD"},
		{"a Chinese font", hasChineseFont, []string{"fonts-noto-cjk"}, ""},
	}
}

// provide makes sure that every need is met: on Debian as root it installs what
// is missing; elsewhere it names it.
func provide(ctx context.Context) error {
	var missing []need
	var packages []string
	for _, n := range needs() {
		if !n.found() {
			missing = append(missing, n)
			packages = append(packages, n.debian...)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	if os.Geteuid() == 0 && onPath("apt-get") {
		return install(ctx, packages)
	}
	var faults []error
	for _, n := range missing {
		if n.elsewhere != "" {
			faults = append(faults, fmt.Errorf("%s is missing: %s", n.name, n.elsewhere))
		}
	}
	return errors.Join(faults...)
}

func install(ctx context.Context, packages []string) error {
	fmt.Println("installing", strings.Join(packages, ", "))
	quiet := func(args ...string) error {
		c := exec.CommandContext(ctx, "apt-get", args...)
		c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("apt-get %s: %w\n%s", args[0], err, out)
		}
		return nil
	}
	if err := quiet("update", "-qq"); err != nil {
		return err
	}
	// slapd is wanted as a program: without a configuration it does not start as a service.
	if slices.Contains(packages, "slapd") && onPath("debconf-set-selections") {
		c := exec.CommandContext(ctx, "debconf-set-selections")
		c.Stdin = strings.NewReader("slapd slapd/no_configuration boolean true\n")
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("debconf-set-selections: %w\n%s", err, out)
		}
	}
	return quiet(append([]string{"install", "-y", "-qq", "--no-install-recommends"}, packages...)...)
}

func onPath(names ...string) bool {
	for _, n := range names {
		if _, err := exec.LookPath(n); err == nil {
			return true
		}
	}
	return false
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func hasPostgres() bool {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	return os.Getenv("DOCKET_TEST_PG") != "" || os.Getenv("PGBIN") != "" || len(found) > 0 || onPath("initdb")
}

func hasChromium() bool {
	return os.Getenv("DOCKET_CHROMIUM") != "" || onPath("chromium", "chromium-browser", "google-chrome")
}

func hasChineseFont() bool {
	out, err := exec.Command("fc-list", ":lang=zh", "family").Output()
	return err == nil && len(out) > 0
}

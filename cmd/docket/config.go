package main

import (
	"errors"
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// config is what an operator sets, by flag or by environment; the flag wins.
type config struct {
	Data     string // DOCKET_DATA: directory of the data; made when missing
	Database string // DOCKET_DATABASE: postgres://… ; empty = SQLite in Data
	Zone     string // DOCKET_TIMEZONE: the body's time zone, for days and dues
	Files    string // DOCKET_FILES: s3://bucket?endpoint=…; empty = a directory in Data
	Reach    string // DOCKET_REACH: networks inside that messages may be sent to

	site string // address people reach the program at, for links in messages; serve knows it

	s3Key, s3Secret string // DOCKET_S3_KEY, DOCKET_S3_SECRET; no flags: others see a command line
}

// flags declares the settings every subcommand shares.
func (c *config) flags(f *flag.FlagSet, getenv func(string) string) {
	or := func(name, otherwise string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return otherwise
	}
	f.StringVar(&c.Data, "data", or("DOCKET_DATA", "data"), "directory of the data (DOCKET_DATA)")
	f.StringVar(&c.Database, "database", getenv("DOCKET_DATABASE"), "postgres://… address; empty: SQLite in the data directory (DOCKET_DATABASE)")
	f.StringVar(&c.Files, "files", getenv("DOCKET_FILES"), "s3://bucket?endpoint=host where files are kept; empty: in the data directory (DOCKET_FILES)")
	f.StringVar(&c.Reach, "reach", getenv("DOCKET_REACH"), "networks inside that messages may be sent to, such as 10.1.2.0/24,10.9.0.7/32 (DOCKET_REACH)")
	c.s3Key, c.s3Secret = getenv("DOCKET_S3_KEY"), getenv("DOCKET_S3_SECRET")
	f.StringVar(&c.Zone, "timezone", or("DOCKET_TIMEZONE", "Local"), "time zone of the body, such as Asia/Shanghai (DOCKET_TIMEZONE)")
}

// location resolves the time zone.
func (c *config) location() (*time.Location, error) {
	loc, err := time.LoadLocation(c.Zone)
	if err != nil {
		return nil, docket.Errorf(docket.Invalid, "cli.timezone", "there is no time zone "+c.Zone+"; write one like Asia/Shanghai", "zone", c.Zone)
	}
	return loc, nil
}

// ranges reads a list of address ranges.
func ranges(list string) (out []netip.Prefix, err error) {
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		prefix, err := netip.ParsePrefix(word)
		if err != nil {
			return nil, docket.Errorf(docket.Invalid, "cli.range", word+" is not an address range like 10.0.0.0/8", "range", word)
		}
		out = append(out, prefix.Masked())
	}
	return out, nil
}

// prepare makes the data directory, readable by its owner only.
func (c *config) prepare() error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return docket.Errorf(docket.Invalid, "cli.data", "the data directory "+c.Data+" cannot be made: "+err.Error(), "dir", c.Data)
	}
	return nil
}

// there refuses a data directory that holds no docket yet: a mistyped one would
// otherwise become an empty docket in which all is well. Only serve founds one.
func (c *config) there() error {
	if c.Database != "" {
		return nil
	}
	if _, err := os.Stat(c.path("docket.db")); errors.Is(err, os.ErrNotExist) {
		return docket.Errorf(docket.NotFound, "cli.no_docket", "there is no docket in "+c.Data+"; name its directory with --data, or start one with docket serve", "dir", c.Data)
	}
	return nil
}

func (c *config) path(name string) string { return filepath.Join(c.Data, name) }

// newFlags returns a flag set that reports faults as errors and prints help to errs.
func newFlags(env environment, name, about string) *flag.FlagSet {
	f := flag.NewFlagSet("docket "+name, flag.ContinueOnError)
	f.SetOutput(env.errs)
	f.Usage = func() {
		env.errs.Write([]byte("docket " + name + ": " + about + "\n"))
		f.PrintDefaults()
	}
	return f
}

// parseAnywhere lets flags stand before, between and after the file names.
func parseAnywhere(f *flag.FlagSet, args []string) (names []string, err error) {
	for len(args) > 0 {
		if err := f.Parse(args); err != nil {
			return nil, err
		}
		if args = f.Args(); len(args) > 0 {
			names, args = append(names, args[0]), args[1:]
		}
	}
	return names, nil
}

package pdf

import (
	"bufio"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// extract runs a child on the file and gathers its pages.
func extract(ctx context.Context, c Config, src paper.Source, l paper.Limits) ([]page, string, error) {
	pages, end, err := run(ctx, c, src, l, job{})
	return pages, end.Title, err
}

// run gives a child the file and what j asks beyond the limits.
func run(ctx context.Context, c Config, src paper.Source, l paper.Limits, j job) ([]page, reply, error) {
	if c.CacheDir != "" {
		if err := os.MkdirAll(c.CacheDir, 0o700); err != nil {
			return nil, reply{}, err
		}
	}
	within, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	cmd := exec.CommandContext(within, c.Exe, c.Args...)
	cmd.Env = []string{} // the child has no use for secrets
	cmd.WaitDelay = time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, reply{}, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, reply{}, err
	}
	if err := cmd.Start(); err != nil {
		if ctx.Err() == nil && errors.Is(within.Err(), context.DeadlineExceeded) {
			err = tooSlow(src.Name, c.Timeout)
		}
		return nil, reply{}, err
	}
	go feed(in, c, src, l, j)
	pages, end, err := gather(out, l.Characters)
	_ = in.Close()
	if err != nil || !end.Done {
		cancel()
	}
	_ = cmd.Wait() // what the child said counts, not how it ended
	switch {
	case ctx.Err() != nil:
		return nil, reply{}, ctx.Err()
	case errors.Is(within.Err(), context.DeadlineExceeded):
		return nil, reply{}, tooSlow(src.Name, c.Timeout)
	case err != nil || !end.Done:
		return nil, reply{}, paper.Broken(src.Name, "page "+strconv.Itoa(len(pages)+1), err)
	}
	return pages, end, fault(end, c, l, src.Name, len(pages))
}

// feed writes the job and the file. The pipe stays open for the child to watch.
// A child that dies meanwhile shows on its output.
func feed(in io.Writer, c Config, src paper.Source, l paper.Limits, j job) {
	w := bufio.NewWriter(in)
	j.Size, j.Cache, j.Pages, j.Chars = src.Size, c.CacheDir, c.MaxPages, l.Characters
	j.Memory, j.Seconds = uint32(c.MemoryMiB)<<4, int(c.Timeout/time.Second)+1
	if err := json.NewEncoder(w).Encode(j); err != nil {
		return
	}
	if _, err := io.Copy(w, io.NewSectionReader(src, 0, src.Size)); err != nil {
		return
	}
	_ = w.Flush() // a dead child shows on its output
}

// gather decodes the replies, at most as much as the limit of characters allows.
func gather(out io.Reader, chars int) ([]page, reply, error) {
	const perChar = 40 // bytes of gob for a rune and its box, with room
	d := gob.NewDecoder(io.LimitReader(out, int64(chars)*perChar+64<<20))
	var pages []page
	for {
		var r reply
		if err := d.Decode(&r); err != nil {
			return pages, r, err
		}
		if r.Page == nil {
			return pages, r, nil
		}
		if len(r.Page.Boxes) != len(r.Page.Runes) {
			return pages, r, errors.New("a page with more characters than places")
		}
		pages = append(pages, *r.Page)
	}
}

// fault turns a child's complaint into a sentence.
func fault(end reply, c Config, l paper.Limits, name string, read int) error {
	switch end.Fault {
	case "":
		return nil
	case "password":
		return paper.Encrypted(name)
	case "chars":
		return paper.TooMany(name, "characters", l.Characters)
	case "pages":
		return paper.TooMany(name, "pages", c.MaxPages)
	case "page":
		return docket.Errorf(docket.NotFound, "paper.no_page", name+" has only "+strconv.Itoa(end.Count)+" pages", "file", name, "pages", strconv.Itoa(end.Count))
	case "format":
		return paper.Broken(name, "its structure", nil)
	}
	return paper.Broken(name, "page "+strconv.Itoa(read+1), nil)
}

func tooSlow(name string, after time.Duration) error {
	s := strconv.Itoa(int(after / time.Second))
	return docket.Errorf(docket.TooLarge, "paper.too_slow",
		name+" could not be read within "+s+" seconds. Print it to a new PDF, or split it.", "file", name, "seconds", s)
}

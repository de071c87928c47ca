// Package files keeps contents under their SHA-256, the same content once: in a
// directory (Open) or in any S3-compatible store (OpenS3). Names are made from
// the hash alone, so that no name from outside ever becomes a path.
package files

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"syscall"
	"time"

	docket "github.com/docket-os/docket"
)

// Store is a docket.Files in one directory: ab/cd/<sha256>, unfinished files in
// tmp and pieces of uploads in staged. Several processes may use it at once.
type Store struct{ root *os.Root }

var _ docket.Files = (*Store)(nil)

const (
	unfinished = "tmp"
	staged     = "staged" // pieces of uploads
)

// Open opens the store at dir, creating it where it is missing, readable only
// by its owner. A directory that cannot be written is docket.Unavailable.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, explain(dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, explain(dir, err)
	}
	if err := root.MkdirAll(unfinished, 0o700); err != nil {
		return nil, errors.Join(explain(dir, err), root.Close())
	}
	return &Store{root}, nil
}

// Close releases the directory.
func (s *Store) Close() error { return s.root.Close() }

// place is where a content stands; it is empty for what is no SHA-256 in
// lower-case hexadecimals.
func place(sum string) string {
	b, err := hex.DecodeString(sum)
	if err != nil || len(b) != sha256.Size || hex.EncodeToString(b) != sum {
		return ""
	}
	return path.Join(sum[:2], sum[2:4], sum)
}

// Put keeps what r gives and returns its hash and size; when it returns, the
// content is durable. A copy already there is read back, and replaced where
// damaged. A full disk is docket.Unavailable and leaves nothing behind.
func (s *Store) Put(ctx context.Context, r io.Reader) (string, int64, error) {
	temp, sum, n, err := s.receive(ctx, r)
	if err != nil {
		return "", 0, err
	}
	if s.sound(sum) {
		return sum, n, s.explain(s.root.Remove(temp))
	}
	return sum, n, s.explain(s.appear(temp, place(sum)))
}

// receive writes what r gives to an unfinished file, hashing on the way; on
// error nothing is left of it. Only the disk's own errors are explained: what r
// says is the caller's.
func (s *Store) receive(ctx context.Context, r io.Reader) (temp, sum string, n int64, err error) {
	if err := ctx.Err(); err != nil {
		return "", "", 0, err
	}
	temp = path.Join(unfinished, rand.Text())
	f, err := s.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", "", 0, s.explain(err)
	}
	h := sha256.New()
	from := &source{ctx: ctx, r: r}
	n, err = io.Copy(io.MultiWriter(f, h), from)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		if from.err == nil {
			err = s.explain(err)
		}
		return "", "", 0, errors.Join(err, s.root.Remove(temp))
	}
	return temp, hex.EncodeToString(h.Sum(nil)), n, nil
}

// source remembers whether it was the reader that failed, and stops with ctx.
type source struct {
	ctx context.Context
	r   io.Reader
	err error
}

func (s *source) Read(b []byte) (int, error) {
	if s.err = s.ctx.Err(); s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// sound reports whether the content of that hash is there and whole.
func (s *Store) sound(sum string) bool {
	f, err := s.root.Open(place(sum))
	if err != nil {
		return false
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	return errors.Join(err, f.Close()) == nil && hex.EncodeToString(h.Sum(nil)) == sum
}

// appear gives a finished file its name, whole or not at all.
func (s *Store) appear(temp, name string) error {
	dir := path.Dir(name)
	err := s.root.MkdirAll(dir, 0o700)
	if err == nil {
		err = s.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, s.root.Remove(temp))
	}
	for d := dir; ; d = path.Dir(d) { // the folders above may be new as well
		if err := s.syncDir(d); err != nil || d == "." {
			return err
		}
	}
}

func (s *Store) syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // has no such call: NTFS logs names itself
	}
	d, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Open opens the content of that hash. An unknown one is docket.NotFound; one
// that no longer has its hash is told as damaged at its end.
func (s *Store) Open(ctx context.Context, sum string) (docket.File, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name := place(sum)
	if name == "" {
		return nil, missing(sum)
	}
	f, err := s.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(sum)
	}
	if err != nil {
		return nil, s.explain(err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(s.explain(err), f.Close())
	}
	return newVerified(f, sum, info.Size()), nil
}

// Stage keeps a piece of an upload under key, durable when it returns.
func (s *Store) Stage(ctx context.Context, key string, piece []byte) error {
	if !stageable(key) {
		return badKey(key)
	}
	temp, _, _, err := s.receive(ctx, bytes.NewReader(piece))
	if err != nil {
		return err
	}
	return s.explain(s.appear(temp, path.Join(staged, key)))
}

// Staged opens a piece; one that is gone is docket.NotFound.
func (s *Store) Staged(ctx context.Context, key string) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !stageable(key) {
		return nil, badKey(key)
	}
	f, err := s.root.Open(path.Join(staged, key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, gone(key)
	}
	return f, s.explain(err)
}

// Unstage drops a piece; one that is gone is no error.
func (s *Store) Unstage(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !stageable(key) {
		return badKey(key)
	}
	if err := s.root.Remove(path.Join(staged, key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s.explain(err)
	}
	return nil
}

// Sweep removes what writers that died left unfinished before an instant.
func (s *Store) Sweep(before time.Time) error {
	d, err := s.root.Open(unfinished)
	if err != nil {
		return explain(s.root.Name(), err)
	}
	defer d.Close()
	for {
		entries, err := d.ReadDir(100)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return explain(s.root.Name(), err)
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil && info.ModTime().Before(before) {
				if err := s.root.Remove(path.Join(unfinished, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return explain(s.root.Name(), err)
				}
			}
		}
	}
}

func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	return explain(s.root.Name(), err)
}

// explain says in a sentence what a disk refused.
func explain(dir string, err error) error {
	e := &docket.Error{Code: docket.Unavailable, Args: map[string]string{"path": dir}, Err: err}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		e.Key, e.Message = "store.disk_full", "the disk that holds "+dir+" is full; nothing was changed; make room and try again"
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Key, e.Message = "store.read_only", dir+" cannot be written; give the user Docket runs as the right to write the directory"
	default:
		return fmt.Errorf("files in %s: %w", dir, err)
	}
	return e
}

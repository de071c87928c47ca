// Package files keeps contents on disk under their SHA-256, the same content
// once. Names are made from the hash alone, below one os.Root, so that no name
// from outside ever becomes a path.
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

// Store is a docket.Files in one directory: ab/cd/<sha256>, and unfinished
// files in tmp. Several processes may use it at once.
type Store struct{ root *os.Root }

var _ docket.Files = (*Store)(nil)

const unfinished = "tmp"

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

// Put keeps content and returns its hash; when it returns, the content is
// durable. A copy already there is read back, and written anew where damaged.
// A full disk is docket.Unavailable and leaves nothing behind.
func (s *Store) Put(ctx context.Context, content []byte) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	h := sha256.Sum256(content)
	sum := hex.EncodeToString(h[:])
	if kept, err := s.root.ReadFile(place(sum)); err == nil && bytes.Equal(kept, content) {
		return sum, nil
	}
	if err := s.write(place(sum), content); err != nil {
		return "", explain(s.root.Name(), err)
	}
	return sum, nil
}

// write makes name appear whole or not at all.
func (s *Store) write(name string, content []byte) error {
	dir := path.Dir(name)
	if err := s.root.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp := path.Join(unfinished, rand.Text())
	f, err := s.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, bytes.NewReader(content))
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
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

// Get returns the content of that hash. An unknown one is docket.NotFound; one
// that no longer has its hash is refused as damaged.
func (s *Store) Get(ctx context.Context, sum string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name := place(sum)
	if name == "" {
		return nil, missing(sum)
	}
	content, err := s.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(sum)
	}
	if err != nil {
		return nil, explain(s.root.Name(), err)
	}
	if h := sha256.Sum256(content); hex.EncodeToString(h[:]) != sum {
		return nil, docket.Errorf(docket.Internal, "files.damaged", "the kept file "+sum+" is damaged on disk; restore it from a backup", "sha256", sum)
	}
	return content, nil
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

func missing(sum string) error {
	return docket.Errorf(docket.NotFound, "files.not_found", "there is no kept file "+sum, "sha256", sum)
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

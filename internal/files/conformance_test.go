package files_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/files"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// place is one store as two programs open it, and the way past it.
type place struct {
	a, b docket.Files
	// names lists what is kept, staged pieces and unfinished files included;
	// forge puts other bytes where a content stands.
	names func() []string
	forge func(sum string, content []byte)
}

func directory(t *testing.T) place {
	dir := t.TempDir()
	return place{open(t, dir), open(t, dir), func() []string { return onDisk(t, dir) }, func(sum string, content []byte) {
		if err := os.WriteFile(filepath.Join(dir, sum[:2], sum[2:4], sum), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}}
}

// bucket starts a server that speaks S3 over HTTP.
func bucket(t *testing.T) place {
	server := httptest.NewServer(gofakes3.New(s3mem.New()).Server())
	t.Cleanup(server.Close)
	cfg, err := files.ParseS3("s3://papers/docket?endpoint=" + strings.TrimPrefix(server.URL, "http://") + "&region=us-east-1&plain=true")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Key, cfg.Secret, cfg.Spool = "key", "secret", t.TempDir()
	if _, err := files.OpenS3(ctx, cfg); !errors.Is(err, docket.Unavailable) {
		t.Errorf("a bucket that is not there gives %v", err)
	}
	raw, err := minio.New(cfg.Endpoint, &minio.Options{Creds: credentials.NewStaticV4("key", "secret", ""), Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.MakeBucket(ctx, cfg.Bucket, minio.MakeBucketOptions{}); err != nil {
		t.Fatal(err)
	}
	var both [2]*files.S3
	for i := range both {
		if both[i], err = files.OpenS3(ctx, cfg); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = both[i].Close() })
	}
	return place{both[0], both[1], func() []string {
		names := onDisk(t, cfg.Spool)
		for o := range raw.ListObjects(ctx, cfg.Bucket, minio.ListObjectsOptions{Recursive: true}) {
			names = append(names, o.Key)
		}
		return names
	}, func(sum string, content []byte) {
		_, err := raw.PutObject(ctx, cfg.Bucket, "docket/"+sum[:2]+"/"+sum[2:4]+"/"+sum, bytes.NewReader(content), int64(len(content)), minio.PutObjectOptions{})
		if err != nil {
			t.Fatal(err)
		}
	}}
}

func TestEveryStoreOfFiles(t *testing.T) {
	for name, make := range map[string]func(*testing.T) place{"directory": directory, "s3": bucket} {
		t.Run(name, func(t *testing.T) {
			for rule, check := range conformance {
				t.Run(rule, func(t *testing.T) { check(t, make(t)) })
			}
		})
	}
}

func read(t *testing.T, s docket.Files, sum string) ([]byte, error) {
	t.Helper()
	f, err := s.Open(ctx, sum)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(f)
	return content, errors.Join(err, f.Close())
}

var conformance = map[string]func(*testing.T, place){
	"the same content is kept once however many put it at once": func(t *testing.T, p place) {
		content := bytes.Repeat([]byte("青禾县实施方案\n"), 10_000)
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				s := []docket.Files{p.a, p.b}[i%2]
				sum, n, err := s.Put(ctx, bytes.NewReader(content))
				if err != nil || n != int64(len(content)) {
					t.Error(n, err)
					return
				}
				if got, err := read(t, s, sum); err != nil || !bytes.Equal(got, content) {
					t.Errorf("content not returned whole: %v", err)
				}
			})
		}
		wg.Wait()
		if names := p.names(); len(names) != 1 {
			t.Errorf("kept: %v", names)
		}
	},
	"a content is read in any order": func(t *testing.T, p place) {
		sum, _, err := p.a.Put(ctx, strings.NewReader("0123456789"))
		if err != nil {
			t.Fatal(err)
		}
		f, err := p.b.Open(ctx, sum)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		piece := make([]byte, 3)
		if n, err := f.ReadAt(piece, 5); n != 3 || err != nil || string(piece) != "567" || f.Size() != 10 {
			t.Errorf("%d %v %q of %d", n, err, piece, f.Size())
		}
		if _, err := f.Seek(8, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(f); err != nil || string(rest) != "89" {
			t.Errorf("%q %v", rest, err)
		}
	},
	"what fails on its way in leaves nothing": func(t *testing.T, p place) {
		broken := errors.New("the line dropped")
		_, _, err := p.a.Put(ctx, io.MultiReader(strings.NewReader("half"), failing{broken}))
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
		if names := p.names(); len(names) != 0 {
			t.Errorf("kept: %v", names)
		}
	},
	"names from outside are never paths": func(t *testing.T, p place) {
		for _, name := range []string{"", ".", "../secret", "/etc/passwd", strings.Repeat("0", 64), strings.Repeat("A", 64), "tmp", strings.Repeat("../", 22)[:64]} {
			if _, err := p.a.Open(ctx, name); !errors.Is(err, docket.NotFound) {
				t.Errorf("Open(%q) = %v, want not found", name, err)
			}
		}
		for _, key := range []string{"", ".", "../secret", "a/b", "A", "机密", strings.Repeat("a", 101)} {
			if err := p.a.Stage(ctx, key, nil); !errors.Is(err, docket.Invalid) {
				t.Errorf("Stage(%q) = %v", key, err)
			}
			if _, err := p.a.Staged(ctx, key); !errors.Is(err, docket.Invalid) {
				t.Errorf("Staged(%q) = %v", key, err)
			}
			if err := p.a.Unstage(ctx, key); !errors.Is(err, docket.Invalid) {
				t.Errorf("Unstage(%q) = %v", key, err)
			}
		}
	},
	"damage is found and mended": func(t *testing.T, p place) {
		sum, _, err := p.a.Put(ctx, strings.NewReader("as issued"))
		if err != nil {
			t.Fatal(err)
		}
		p.forge(sum, []byte("as forged"))
		if _, err := read(t, p.a, sum); docket.CodeOf(err) != docket.Internal || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("a damaged file was returned: %v", err)
		}
		if _, _, err := p.b.Put(ctx, strings.NewReader("as issued")); err != nil {
			t.Fatal(err)
		}
		if got, err := read(t, p.a, sum); err != nil || string(got) != "as issued" {
			t.Errorf("after putting it again: %q, %v", got, err)
		}
	},
	"pieces are staged, replaced and dropped, and are no contents": func(t *testing.T, p place) {
		for _, piece := range []string{"one", "two"} {
			if err := p.a.Stage(ctx, "up-1", []byte(piece)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := p.b.Staged(ctx, "up-1")
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil || string(got) != "two" {
			t.Errorf("%q %v", got, err)
		}
		h := sha256.Sum256([]byte("two"))
		if _, err := p.a.Open(ctx, hex.EncodeToString(h[:])); !errors.Is(err, docket.NotFound) {
			t.Errorf("a piece is found as a content: %v", err)
		}
		for range 2 {
			if err := p.a.Unstage(ctx, "up-1"); err != nil {
				t.Error(err)
			}
		}
		if _, err := p.b.Staged(ctx, "up-1"); !errors.Is(err, docket.NotFound) {
			t.Errorf("dropped, and got %v", err)
		}
		if names := p.names(); len(names) != 0 {
			t.Errorf("left: %v", names)
		}
	},
	"whoever has gone away is not served": func(t *testing.T, p place) {
		done, cancel := context.WithCancel(ctx)
		cancel()
		if _, _, err := p.a.Put(done, strings.NewReader("x")); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if names := p.names(); len(names) != 0 {
			t.Errorf("left: %v", names)
		}
	},
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAddressesOfS3(t *testing.T) {
	c, err := files.ParseS3("s3://papers/a/../b/?endpoint=s3.example.org:9000&region=cn-1")
	want := files.S3Config{Bucket: "papers", Prefix: "b/", Endpoint: "s3.example.org:9000", Region: "cn-1"}
	if err != nil || c != want {
		t.Errorf("%+v, %v", c, err)
	}
	for _, bad := range []string{"", "s3://", "s3://papers", "https://papers?endpoint=x", "s3:// ?endpoint=x"} {
		if _, err := files.ParseS3(bad); !errors.Is(err, docket.Invalid) {
			t.Errorf("%q gives %v", bad, err)
		}
	}
}

// A store that is away, or lets nobody in, is told in a sentence without the secret.
func TestS3Away(t *testing.T) {
	server := httptest.NewServer(nil)
	endpoint := strings.TrimPrefix(server.URL, "http://")
	server.Close()
	within, cancel := context.WithTimeout(ctx, 2e9)
	defer cancel()
	_, err := files.OpenS3(within, files.S3Config{Bucket: "papers", Endpoint: endpoint, Region: "x", Plain: true, Key: "key", Secret: "topsecret", Spool: t.TempDir()})
	if !errors.Is(err, docket.Unavailable) || strings.Contains(err.Error(), "topsecret") {
		t.Errorf("got %v", err)
	}
}

package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// S3Config says which bucket holds the files. Bucket, Endpoint and Spool must be set.
type S3Config struct {
	Bucket   string
	Prefix   string // of all names, such as "docket/"; may be empty
	Endpoint string // host or host:port
	Region   string // empty: asked of the store
	Plain    bool   // http instead of https
	Key      string
	Secret   string
	Spool    string // a local directory in which a content is hashed before it is sent
}

// ParseS3 reads an address such as s3://bucket/prefix?endpoint=s3.example.org&region=cn-1.
// plain=true means http. Key, Secret and Spool are the caller's to fill in.
func ParseS3(address string) (S3Config, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.Query().Get("endpoint") == "" {
		return S3Config{}, docket.Errorf(docket.Invalid, "files.address",
			"the store of files is written like s3://bucket?endpoint=s3.example.org", "address", address)
	}
	q := u.Query()
	c := S3Config{Bucket: u.Host, Endpoint: q.Get("endpoint"), Region: q.Get("region"), Plain: q.Get("plain") == "true"}
	if p := path.Clean("/" + u.Path); p != "/" {
		c.Prefix = p[1:] + "/"
	}
	return c, nil
}

// S3 is a docket.Files in a bucket of an S3-compatible store, under the same
// names as in a directory. Several programs may use it at once: a name is made
// of its content, and the store makes an object appear whole or not at all.
type S3 struct {
	client *minio.Client
	cfg    S3Config
	spool  *Store
}

var _ docket.Files = (*S3)(nil)

// OpenS3 opens the bucket, which must exist. A store that does not answer, or
// does not let us in, is docket.Unavailable.
func OpenS3(ctx context.Context, c S3Config) (*S3, error) {
	spool, err := Open(c.Spool)
	if err != nil {
		return nil, err
	}
	s := &S3{cfg: c, spool: spool}
	s.client, err = minio.New(c.Endpoint, &minio.Options{
		Creds: credentials.NewStaticV4(c.Key, c.Secret, ""), Secure: !c.Plain, Region: c.Region, MaxRetries: 3,
	})
	if err != nil {
		return nil, errors.Join(s.explain(err), spool.Close())
	}
	within, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	there, err := s.client.BucketExists(within, c.Bucket)
	if err == nil && !there {
		err = docket.Errorf(docket.Unavailable, "files.no_bucket", "the store of files has no bucket "+c.Bucket+"; make it first", "bucket", c.Bucket)
		return nil, errors.Join(err, spool.Close())
	}
	if err != nil {
		return nil, errors.Join(s.explain(err), spool.Close())
	}
	return s, nil
}

// Close releases the spool.
func (s *S3) Close() error { return s.spool.Close() }

// Put keeps what r gives. Its name is known only when all of it was hashed, so
// it is spooled first; the store gets it whole and again even where it has it:
// that mends a damaged copy.
func (s *S3) Put(ctx context.Context, r io.Reader) (string, int64, error) {
	temp, sum, n, err := s.spool.receive(ctx, r)
	if err != nil {
		return "", 0, err
	}
	f, err := s.spool.root.Open(temp)
	if err == nil {
		err = errors.Join(s.send(ctx, place(sum), f, n), f.Close())
	}
	return sum, n, errors.Join(err, s.spool.root.Remove(temp))
}

func (s *S3) send(ctx context.Context, name string, f io.Reader, n int64) error {
	_, err := s.client.PutObject(ctx, s.cfg.Bucket, s.cfg.Prefix+name, f, n,
		minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	return s.explain(err)
}

// Open opens the content of that hash.
func (s *S3) Open(ctx context.Context, sum string) (docket.File, error) {
	name := place(sum)
	if name == "" {
		return nil, missing(sum)
	}
	o, size, err := s.object(ctx, name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, missing(sum)
	}
	if err != nil {
		return nil, err
	}
	return newVerified(o, sum, size), nil
}

func (s *S3) object(ctx context.Context, name string) (*minio.Object, int64, error) {
	o, err := s.client.GetObject(ctx, s.cfg.Bucket, s.cfg.Prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, s.explain(err)
	}
	info, err := o.Stat() // asks the store; GetObject alone does not
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil, 0, errors.Join(os.ErrNotExist, o.Close())
	}
	if err != nil {
		return nil, 0, errors.Join(s.explain(err), o.Close())
	}
	return o, info.Size, nil
}

// Stage keeps a piece of an upload under key.
func (s *S3) Stage(ctx context.Context, key string, piece []byte) error {
	if !stageable(key) {
		return badKey(key)
	}
	return s.send(ctx, path.Join(staged, key), bytes.NewReader(piece), int64(len(piece)))
}

// Staged opens a piece; one that is gone is docket.NotFound.
func (s *S3) Staged(ctx context.Context, key string) (io.ReadCloser, error) {
	if !stageable(key) {
		return nil, badKey(key)
	}
	o, _, err := s.object(ctx, path.Join(staged, key))
	if errors.Is(err, os.ErrNotExist) {
		return nil, gone(key)
	}
	if err != nil {
		return nil, err
	}
	return o, nil
}

// Unstage drops a piece; one that is gone is no error.
func (s *S3) Unstage(ctx context.Context, key string) error {
	if !stageable(key) {
		return badKey(key)
	}
	return s.explain(s.client.RemoveObject(ctx, s.cfg.Bucket, s.cfg.Prefix+path.Join(staged, key), minio.RemoveObjectOptions{}))
}

// Sweep removes what was spooled before an instant by programs that died.
func (s *S3) Sweep(before time.Time) error { return s.spool.Sweep(before) }

// explain says in a sentence what the store refused. Its address is named,
// never the secret.
func (s *S3) explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	e := &docket.Error{Code: docket.Unavailable, Args: map[string]string{"endpoint": s.cfg.Endpoint, "bucket": s.cfg.Bucket}, Err: err}
	switch r := minio.ToErrorResponse(err); {
	case r.StatusCode == http.StatusForbidden || r.StatusCode == http.StatusUnauthorized:
		e.Key, e.Message = "files.s3_denied", "the store of files at "+s.cfg.Endpoint+" does not let Docket in; check its key and the rights on bucket "+s.cfg.Bucket
	case r.StatusCode == http.StatusInsufficientStorage, r.Code == "XMinioStorageFull", r.Code == "QuotaExceeded":
		e.Key, e.Message = "files.s3_full", "the store of files at "+s.cfg.Endpoint+" is full; nothing was changed"
	default:
		e.Key, e.Message = "files.s3_away", fmt.Sprintf("the store of files at %s does not answer as it should; nothing was changed", s.cfg.Endpoint)
	}
	return e
}

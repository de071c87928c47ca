package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"

	docket "github.com/docket-os/docket"
)

// body is what both stores can open.
type body interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// verified is a docket.File that hashes what is read in order and fails at the
// end when it is not what was put. Seeking to the start begins anew; seeking
// elsewhere gives the check up.
type verified struct {
	body
	sum  string
	size int64
	hash hash.Hash // nil: not read in order
}

func newVerified(b body, sum string, size int64) *verified {
	return &verified{body: b, sum: sum, size: size, hash: sha256.New()}
}

// Size is the content's length in bytes.
func (v *verified) Size() int64 { return v.size }

// Read reads on; the last read of a damaged content gives docket.Internal.
func (v *verified) Read(b []byte) (int, error) {
	n, err := v.body.Read(b)
	if v.hash == nil {
		return n, err
	}
	v.hash.Write(b[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(v.hash.Sum(nil)) != v.sum {
		return n, damaged(v.sum)
	}
	return n, err
}

// Seek moves as io.Seeker says.
func (v *verified) Seek(offset int64, whence int) (int64, error) {
	at, err := v.body.Seek(offset, whence)
	v.hash = nil
	if err == nil && at == 0 {
		v.hash = sha256.New()
	}
	return at, err
}

// maxKey bounds the key of a staged piece.
const maxKey = 100

// stageable reports whether a key is one: it becomes a name.
func stageable(key string) bool {
	for _, r := range key {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return key != "" && len(key) <= maxKey
}

func badKey(key string) error {
	return docket.Errorf(docket.Invalid, "files.key", "a piece cannot be kept under the key "+key, "key", key)
}

func gone(key string) error {
	return docket.Errorf(docket.NotFound, "files.gone", "a piece of the upload is gone; send the file again", "key", key)
}

func missing(sum string) error {
	return docket.Errorf(docket.NotFound, "files.not_found", "there is no kept file "+sum, "sha256", sum)
}

func damaged(sum string) error {
	return docket.Errorf(docket.Internal, "files.damaged", "the kept file "+sum+" is damaged; restore it from a backup", "sha256", sum)
}

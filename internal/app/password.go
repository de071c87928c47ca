package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	docket "github.com/docket-os/docket"
)

// argonCost is what one check of a password costs: OWASP's and RFC 9106's
// second recommendation is 64 MiB; one pass stays under 150 ms on two cores.
type argonCost struct {
	memoryKiB uint32
	passes    uint32
	lanes     uint8
}

var defaultCost = argonCost{memoryKiB: 64 << 10, passes: 1, lanes: 2}

// passwords hashes and checks, at most GOMAXPROCS at once so that a burst of
// sign-ins cannot take the memory of the machine.
type passwords struct {
	cost  argonCost
	slots chan struct{}
	decoy string // checked for unknown logins, so that they cost the same time
	rest  *time.Timer
}

// restAfter is how long after the last check its memory goes back to the
// system: left alone, an idle server keeps it for minutes.
const restAfter = 3 * time.Second

func newPasswords(cost argonCost) *passwords {
	p := &passwords{cost: cost, slots: make(chan struct{}, runtime.GOMAXPROCS(0))}
	p.rest = time.AfterFunc(restAfter, debug.FreeOSMemory)
	p.rest.Stop() // nothing to give back yet
	p.decoy = encode(cost, []byte("no such person.."), make([]byte, 32))
	return p
}

// MinPassword and MaxPassword bound a password, in characters.
const (
	MinPassword = 10
	MaxPassword = 200
)

// checkRules says what is wrong with a new password; length is what counts (NIST SP 800-63B §3.1.1).
func checkRules(password string, p docket.Person) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return passwordFault("auth.password_short", "a password has at least 10 characters", "min", "10")
	case n > MaxPassword:
		return passwordFault("auth.password_long", "a password has at most 200 characters", "max", "200")
	case strings.EqualFold(password, p.Login), strings.EqualFold(password, p.Email), strings.EqualFold(password, p.Name):
		return passwordFault("auth.password_own_name", "the password must not be your own name or login")
	case strings.Count(password, password[:1]) == len(password):
		return passwordFault("auth.password_plain", "the password is one character repeated")
	}
	return nil
}

func passwordFault(key, message string, args ...string) error {
	e := docket.Errorf(docket.Invalid, key, message, args...)
	e.Fields = []docket.FieldError{{Field: "new", Key: key, Args: e.Args, Message: message}}
	return e
}

func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	key, err := p.derive(ctx, password, salt, p.cost, 32)
	return encode(p.cost, salt, key), err
}

// check compares in constant time. An empty hash is that of nobody.
func (p *passwords) check(ctx context.Context, hash, password string) (bool, error) {
	real := hash != ""
	if !real {
		hash = p.decoy
	}
	cost, salt, want, err := decode(hash)
	if err != nil {
		return false, err
	}
	got, err := p.derive(ctx, cut(password, MaxPassword+1), salt, cost, uint32(len(want)))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && real, nil
}

func (p *passwords) derive(ctx context.Context, password string, salt []byte, c argonCost, n uint32) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots; p.rest.Reset(restAfter) }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, c.passes, c.memoryKiB, c.lanes, n), nil
}

// encode writes the usual form $argon2id$v=19$m=65536,t=1,p=2$salt$key.
func encode(c argonCost, salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memoryKiB, c.passes, c.lanes, b.EncodeToString(salt), b.EncodeToString(key))
}

func decode(hash string) (c argonCost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, fmt.Errorf("stored password hash has an unknown form")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memoryKiB, &c.passes, &c.lanes); err != nil {
		return c, nil, nil, fmt.Errorf("stored password hash: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return c, nil, nil, fmt.Errorf("stored password hash: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return c, nil, nil, fmt.Errorf("stored password hash: %w", err)
	}
	return c, salt, key, nil
}

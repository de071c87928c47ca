package docket

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Factor is a person's second factor: codes by time (RFC 6238: SHA-1, six
// digits, 30 seconds, what every authenticator app takes) and recovery codes.
type Factor struct {
	Person    PersonID
	Secret    []byte
	Confirmed time.Time // zero while being set up
	Step      int64     // of the last code taken: it and older ones are not taken again
	Recovery  [][32]byte
}

// The measures of a factor. A clock may be one step off either way.
const (
	FactorPeriod  = 30 // seconds
	factorSkew    = 1
	RecoveryCodes = 10
	RecoveryBytes = 10 // of one recovery code
)

// FactorCode is the code of a step (RFC 4226 §5.3).
func FactorCode(secret []byte, step int64, digits int) string {
	mac := hmac.New(sha1.New, secret)
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(step))
	mac.Write(b[:])
	sum := mac.Sum(nil)
	n := binary.BigEndian.Uint32(sum[sum[len(sum)-1]&0xf:]) & 0x7fffffff
	power := uint32(1)
	for range digits {
		power *= 10
	}
	return fmt.Sprintf("%0*d", digits, n%power)
}

// StepAt is the step of an instant.
func StepAt(now time.Time) int64 { return now.Unix() / FactorPeriod }

// Take uses a code up: one of the time now, or a recovery code. It reports
// false for a wrong code and for one that was taken before.
func (f *Factor) Take(code string, now time.Time) bool {
	code = strings.Join(strings.Fields(code), "")
	at := StepAt(now)
	good := false
	for step := max(at-factorSkew, f.Step+1); step <= at+factorSkew; step++ {
		if subtle.ConstantTimeCompare([]byte(FactorCode(f.Secret, step, 6)), []byte(code)) == 1 {
			f.Step, good = step, true
		}
	}
	return good || f.takeRecovery(code)
}

func (f *Factor) takeRecovery(code string) bool {
	hash := RecoveryHash(code)
	found := -1
	for i := range f.Recovery {
		if subtle.ConstantTimeCompare(f.Recovery[i][:], hash[:]) == 1 {
			found = i
		}
	}
	if found < 0 || f.Confirmed.IsZero() {
		return false
	}
	f.Recovery = slices.Delete(slices.Clone(f.Recovery), found, found+1)
	return true
}

// RecoveryHash is what is kept of a recovery code, however it was typed.
func RecoveryHash(code string) [32]byte {
	code = strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code))
	return sha256.Sum256([]byte(code))
}

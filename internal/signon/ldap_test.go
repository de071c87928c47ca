package signon_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/signon"
)

const people = `dn: dc=yunzhou
objectClass: organization
objectClass: dcObject
dc: yunzhou
o: yunzhou

dn: uid=lin,dc=yunzhou
objectClass: inetOrgPerson
uid: lin
cn: 林某
sn: 林
mail: lin@example.org
userPassword: correct horse

dn: uid=a*b(c)\\,dc=yunzhou
objectClass: inetOrgPerson
uid: a*b(c)\
cn: odd
sn: odd
userPassword: odd

dn: cn=duban,dc=yunzhou
objectClass: groupOfNames
cn: duban
member: uid=lin,dc=yunzhou
`

// directory starts a slapd of the test's own and gives the settings to ask it.
func directory(t *testing.T) docket.LDAP {
	t.Helper()
	slapd := os.Getenv("DOCKET_SLAPD")
	if slapd == "" {
		slapd, _ = exec.LookPath("slapd")
	}
	if slapd == "" {
		slapd = "/usr/sbin/slapd"
	}
	if _, err := os.Stat(slapd); err != nil {
		if os.Getenv("CI") != "" || os.Getenv("DOCKET_NO_SKIP") == "1" {
			t.Fatalf("no slapd for the tests: %v", err)
		}
		t.Skip("*** NOT TESTED with LDAP: install slapd, or name one with DOCKET_SLAPD")
	}
	dir := t.TempDir()
	ca := certificate(t, dir)
	path := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string) {
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(path("db"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("slapd.conf", fmt.Sprintf(`include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile %[1]s/cert.pem
TLSCertificateKeyFile %[1]s/key.pem
security simple_bind=128
database mdb
suffix "dc=yunzhou"
rootdn "cn=root,dc=yunzhou"
rootpw searching
directory %[1]s/db
access to attrs=userPassword by anonymous auth
access to * by dn="cn=root,dc=yunzhou" read
`, dir))
	write("people.ldif", people)
	if out, err := exec.Command(slapd, "-T", "add", "-f", path("slapd.conf"), "-l", path("people.ldif")).CombinedOutput(); err != nil {
		t.Fatalf("slapadd: %v\n%s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close() // slapd takes the port next
	cmd := exec.Command(slapd, "-d", "0", "-f", path("slapd.conf"), "-h", "ldap://"+address)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // its data are thrown away
		_ = cmd.Wait()
	})
	for ends := time.Now().Add(10 * time.Second); ; {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			break
		} else if time.Now().After(ends) {
			t.Fatalf("slapd does not listen: %v", err)
		}
	}
	return docket.LDAP{On: true, URL: "ldap://" + address, StartTLS: true, CA: ca, BindDN: "cn=root,dc=yunzhou", BindPassword: "searching",
		Base: "dc=yunzhou", Filter: "(uid={login})", GroupBase: "dc=yunzhou", GroupFilter: "(member={dn})"}
}

func certificate(t *testing.T, dir string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	for name, b := range map[string][]byte{"cert.pem": cert, "key.pem": pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private})} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return string(cert)
}

func TestADirectorySaysWhoSomebodyIs(t *testing.T) {
	c := directory(t)
	check := func(c docket.LDAP, login, password string) (docket.Identity, error) {
		return signon.Directory{}.Check(t.Context(), c, login, password)
	}
	id, err := check(c, "lin", "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if id.Name != "林某" || id.Email != "lin@example.org" || id.Login != "lin" || id.Subject == "" || !slices.Contains(id.Groups, "duban") || !slices.Contains(id.Groups, "cn=duban,dc=yunzhou") {
		t.Errorf("identity: %+v", id)
	}
	if odd, err := check(c, `a*b(c)\`, "odd"); err != nil || odd.Name != "odd" {
		t.Errorf("a login of the filter's own signs: %+v %v", odd, err)
	}
	for what, try := range map[string][2]string{
		"a wrong password":        {"lin", "wrong"},
		"no password":             {"lin", ""},
		"nobody":                  {"nobody", "correct horse"},
		"a star":                  {"*", "correct horse"},
		"a beginning with a star": {"li*", "correct horse"},
		"a filter":                {"lin)(uid=*", "correct horse"},
		"an or":                   {"x)(|(uid=lin)", "correct horse"},
		"a NUL":                   {"lin\x00", "correct horse"},
		"a DN":                    {"uid=lin,dc=yunzhou", "correct horse"},
	} {
		if id, err := check(c, try[0], try[1]); docket.CodeOf(err) != docket.Unauthorized {
			t.Errorf("%s: %+v %v", what, id, err)
		}
	}
	clear := c
	clear.StartTLS = false
	other := c
	other.CA = ""
	gone := c
	gone.URL = "ldap://127.0.0.1:1"
	for what, bad := range map[string]docket.LDAP{"without encryption": clear, "an authority not trusted": other, "nobody listening": gone} {
		if _, err := check(bad, "lin", "correct horse"); docket.CodeOf(err) != docket.Unavailable {
			t.Errorf("%s: %v", what, err)
		} else if strings.Contains(err.Error(), "correct horse") || strings.Contains(err.Error(), "searching") {
			t.Errorf("%s: the error tells a password: %v", what, err)
		}
	}
}

package httpapi_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/httpapi"
)

// Every route × every role × own place, other place and no post, all generated
// from the table: its column of acts and the law (docket.MayAct) say what must
// come out.
func TestEveryRouteKeepsToTheLaw(t *testing.T) {
	w := build(t)
	logins := []string{"", "nobody"}
	for _, role := range docket.Roles() {
		logins = append(logins, string(role)+"-here", string(role)+"-there")
	}
	for _, login := range logins {
		w.cookie(t, login)
	}
	var allowed []visit
	before := w.journal(t)
	for _, r := range httpapi.Routes() {
		if strings.HasPrefix(r.Pattern, "/session") && !r.Who.SignedIn() {
			continue // signing in has tests of its own
		}
		if r.Pattern == "/calendar.ics" {
			continue // who has the key may: TestAFeedFollowsItsPerson
		}
		if strings.HasSuffix(r.Pattern, "/watch") {
			continue // a stream: TestARoomIsWatched
		}
		if strings.HasSuffix(r.Pattern, "/{id}/standins") {
			continue // whose people they are decides: TestWhoMayNameAStandin
		}
		if strings.Contains(r.Pattern, "{rid}") || strings.HasSuffix(r.Pattern, "/moves") {
			continue // TestEveryActOnAMatterKeepsToTheLaw
		}
		for _, s := range subjects(r) {
			for _, login := range logins {
				v := visit{r, s, login}
				want := v.law(t, w)
				if want == http.StatusOK && r.Method != "GET" {
					allowed = append(allowed, v) // these change the town
					continue
				}
				v.check(t, w, want)
			}
		}
	}
	if after := w.journal(t); after != before {
		t.Errorf("reading and refused acts left %d entries in the journal", after-before)
	}
	_ = w.store.Close() // everything is in the file now
	for _, v := range allowed {
		v.check(t, copyOf(t, w), http.StatusOK)
	}
}

// visit is one person at one door.
type visit struct {
	route   httpapi.Route
	subject subject
	login   string
}

// subject is what the pattern of a route names.
type subject struct {
	name    string
	ids     map[string]string
	law     *docket.Subject // nil: anybody with the act
	own     string          // login of the only one who has it
	refusal int             // what others get, where it is not 404
	seen    docket.Subject  // what must be readable, or it is not found
}

func subjects(r httpapi.Route) []subject {
	directive := func(name string, id string, drafts bool) subject {
		s := docket.Subject{Owner: here, Units: []docket.UnitID{here}, Draft: drafts}
		return subject{name: name, ids: map[string]string{"{id}": id, "{mid}": "2"}, law: &s, seen: s}
	}
	switch {
	case strings.HasPrefix(r.Pattern, "/directives/{id}"):
		being := directive("being read", "2", true)
		if slices.Equal(r.Who.Acts(), []docket.Act{docket.ActRead}) {
			return []subject{directive("adopted", "1", false), being}
		}
		return []subject{being}
	case strings.HasPrefix(r.Pattern, "/matters/{id}"):
		m := docket.Subject{Owner: here, Units: []docket.UnitID{here}, State: docket.Assigned, For: here}
		s := subject{name: "matter", ids: map[string]string{"{id}": "1", "{eid}": "1", "{page}": "1", "{vid}": "1", "{n}": "1", "{uid}": fmt.Sprint(begunUpload)}, law: &m, seen: m}
		switch {
		case strings.Contains(r.Pattern, "/photos/{uid}"):
			s.ids["{uid}"] = fmt.Sprint(begunPhoto) // whose owner stands in the line of the matter: TestPhotosOfAVerification goes in
		case strings.Contains(r.Pattern, "{uid}"):
			s.own, s.law = "liaison-here", nil // nobody else's business, whatever they may
			if strings.HasSuffix(r.Pattern, "/finish") {
				s.ids["{uid}"] = fmt.Sprint(wholeUpload)
			}
		case strings.Contains(r.Pattern, "{eid}") && r.Method != "GET":
			s.own, s.refusal = "liaison-here", http.StatusForbidden
		}
		return []subject{s}
	case strings.HasPrefix(r.Pattern, "/rounds/{id}"):
		s := docket.Subject{Owner: here}
		return []subject{{name: "round", ids: map[string]string{"{id}": "1"}, law: &s, seen: s}}
	case strings.HasPrefix(r.Pattern, "/stocktakes/{id}"):
		s := docket.Subject{Owner: here, Units: []docket.UnitID{here}, State: docket.Assigned, Chair: []docket.PersonID{chairHere}}
		return []subject{{name: "meeting", ids: map[string]string{"{id}": "1", "{unit}": fmt.Sprint(here), "{no}": "1", "{item}": "1", "{n}": "0"}, law: &s, seen: s}}
	case strings.HasPrefix(r.Pattern, "/settings/channels/{id}"):
		return []subject{{name: "channel", ids: map[string]string{"{id}": "mail"}}}
	case strings.HasPrefix(r.Pattern, "/sheets/{id}"):
		return []subject{{name: "workbook", ids: map[string]string{"{id}": "1", "{row}": "1"}, own: "liaison-here"}}
	case strings.HasPrefix(r.Pattern, "/views/{id}"):
		return []subject{{name: "view", ids: map[string]string{"{id}": "1"}, own: "office-here"}}
	case strings.HasPrefix(r.Pattern, "/standins/{id}"):
		return []subject{{name: "stand-in", ids: map[string]string{"{id}": "1"}, own: "nobody of these"}}
	case strings.HasPrefix(r.Pattern, "/me/sessions/{id}"):
		return []subject{{name: "session", ids: map[string]string{"{id}": strings.Repeat("0", 16)}, own: "nobody of these"}}
	case strings.HasPrefix(r.Pattern, "/me/tokens/{id}"):
		return []subject{{name: "token", ids: map[string]string{"{id}": "1"}, own: "office-here"}}
	case strings.HasPrefix(r.Pattern, "/me/second-factor/"):
		return []subject{{name: "second factor", own: "nobody of these", refusal: http.StatusUnprocessableEntity}}
	case strings.Contains(r.Pattern, "{id}"):
		return []subject{{name: "unit, person or post", ids: map[string]string{"{id}": "4"}}}
	}
	return []subject{{}}
}

// law says what must come out: 200 stands for allowed. Who cannot even see the
// subject gets 404; where the act is none of theirs anywhere, 403 tells as little
// (check holds it to the answer for an id that does not exist).
func (v visit) law(t *testing.T, w *town) int {
	t.Helper()
	if !v.route.Who.SignedIn() {
		return http.StatusOK
	}
	if v.login == "" {
		return http.StatusUnauthorized
	}
	actor, acts, s := w.actor(t, v.login), v.route.Who.Acts(), v.subject
	may := func(act docket.Act) bool { return docket.May(&actor, act) }
	if s.law != nil {
		if !docket.MayAct(&actor, docket.ActRead, s.seen) {
			return http.StatusNotFound
		}
		may = func(act docket.Act) bool { return docket.MayAct(&actor, act, *s.law) }
	}
	if len(acts) > 0 && !slices.ContainsFunc(acts, may) {
		return http.StatusForbidden
	}
	if s.own != "" && s.own != v.login {
		return cmp.Or(s.refusal, http.StatusNotFound)
	}
	return http.StatusOK
}

// check goes through the door and compares.
func (v visit) check(t *testing.T, w *town, want int) {
	t.Helper()
	got, answer := v.ask(t, w, v.subject.ids)
	if want == http.StatusNotFound && v.subject.law != nil {
		nowhere, same := v.ask(t, w, map[string]string{"{id}": "987654", "{mid}": "987655", "{eid}": "987656", "{uid}": "987657", "{page}": "1", "{vid}": "987658", "{n}": "1", "{unit}": "987659", "{no}": "1", "{item}": "987660"})
		if got != nowhere || answer != same {
			t.Errorf("%s %s by %q: what is there (%d %s) and what is not (%d %s) look different", v.route.Method, v.route.Pattern, v.login, got, answer, nowhere, same)
		}
		actor := w.actor(t, v.login)
		if got == http.StatusForbidden && !slices.ContainsFunc(v.route.Who.Acts(), func(a docket.Act) bool { return docket.May(&actor, a) }) {
			got = want
		}
	}
	if want == http.StatusOK && stateful(v.route) && (got == http.StatusConflict || got == http.StatusUnprocessableEntity) {
		got = want // the law lets this person in; that the state does not is a matter of its own tests
	}
	if got != want {
		t.Errorf("%s %s (%s) by %q: %d, the law says %d\n%.300s", v.route.Method, v.route.Pattern, v.subject.name, v.login, got, want, answer)
	}
	if want >= 400 && strings.Contains(answer, "学位") {
		t.Errorf("%s %s by %q: the refusal tells what it refuses: %s", v.route.Method, v.route.Pattern, v.login, answer)
	}
}

// stateful are the routes that also depend on how the matter or round stands.
func stateful(r httpapi.Route) bool {
	return r.Method+r.Pattern == "GET/matters/{id}/report" || r.Method+r.Pattern == "POST/me/standins" || r.Method != "GET" && (strings.HasPrefix(r.Pattern, "/matters/{id}/") || strings.HasPrefix(r.Pattern, "/rounds/{id}/") || strings.HasPrefix(r.Pattern, "/stocktakes/{id}"))
}

// ask sends the least request that the document lets through; 200 stands for
// any success.
func (v visit) ask(t *testing.T, w *town, ids map[string]string) (status int, answer string) {
	t.Helper()
	path := v.route.Pattern
	for name, id := range ids {
		path = strings.ReplaceAll(path, name, id)
	}
	switch {
	case path == "/search":
		path += "?q=学位"
	case path == "/rates":
		path += "?from=2026-03-01&to=2026-03-31"
	case path == "/why":
		path += "?kind=unit&id=4"
	case strings.HasSuffix(path, "/report") && v.route.Method == "GET":
		path += fmt.Sprintf("?unit=%d", here)
	}
	body, media := bodyOf(t, v.route)
	header := []string{"If-Match", `"1"`}
	if strings.HasPrefix(path, "/matters/") && !strings.Contains(path, "/evidence/") {
		header[1] = `"2"` // draft, then assigned
	}
	if v.route.Method == "PATCH" && (strings.Contains(path, "/uploads/") || strings.Contains(path, "/photos/")) {
		path += "?offset=0"
	}
	if media != "" {
		header = append(header, "Content-Type", media)
	}
	res := w.send(v.route.Method, "/api/v1"+path, body, w.cookie(t, v.login), header...)
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		return http.StatusOK, string(raw)
	}
	return res.StatusCode, string(raw)
}

func (w *town) journal(t *testing.T) (seq int64) {
	t.Helper()
	err := w.store.View(t.Context(), func(r docket.Reader) (err error) { seq, err = r.LastSeq(t.Context()); return err })
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// bodyOf is the least body the document lets through.
func bodyOf(t *testing.T, r httpapi.Route) (body, media string) {
	t.Helper()
	switch r.Method + " " + r.Pattern {
	case "POST /matters":
		return fmt.Sprintf(`{"requirement":"修桥","due":"2026-12-01","assignments":[{"role":"lead","unit":%d}]}`, here), "application/json"
	case "PUT /matters/{id}/report", "POST /matters/{id}/reports":
		return fmt.Sprintf(`{"unit":%d,"kind":"progress","changed":"已开工","percent":10,"version":0}`, here), "application/json"
	case "POST /matters/{id}/requests":
		return fmt.Sprintf(`{"unit":%d,"kind":"extension","words":"雨季","due":"2026-12-01"}`, here), "application/json"
	case "POST /matters/{id}/verifications":
		return `{"outcome":"true"}`, "application/json"
	case "POST /matters/{id}/instructions":
		return `{"text":"请抓紧","urgency":"urgent"}`, "application/json"
	case "POST /stocktakes", "PUT /stocktakes/{id}":
		return fmt.Sprintf(`{"kind":"dispatch","title":"调度会","on":"2026-03-20","begins":"09:30","place":"会议室","convener":%d,"scope":{"directives":[],"field":""},"days_before":2,"slots":[{"unit":%d}]}`, chairHere, here), "application/json"
	case "POST /stocktakes/order":
		return fmt.Sprintf(`{"scope":{"directives":[],"field":""},"units":[%d]}`, here), "application/json"
	case "POST /stocktakes/{id}/items":
		return `{"key":"k2","kind":"note","text":"记一笔"}`, "application/json"
	case "POST /rounds":
		return `{"title":"三月","from":"2026-03-01","to":"2026-03-31","due":"2026-03-28"}`, "application/json"
	case "POST /rounds/{id}/reopen":
		return fmt.Sprintf(`{"unit":%d}`, here), "application/json"
	case "PUT /matters/{id}/measures":
		return `{"measures":[{"name":"学位","direction":"at_least","baseline":{"day":"2026-01-01","value":0},"target":9,"due":"2026-12-31"}]}`, "application/json"
	case "POST /matters/{id}/observations":
		return `{"measure":1,"value":3,"as_of":"2026-02-01"}`, "application/json"
	case "PUT /lamps":
		return `{"near":3,"ack":2,"fresh":31,"behind":5,"far":30,"evidence":45}`, "application/json"
	case "PUT /calendar":
		return `{"base":"england"}`, "application/json"
	case "POST /calendar/import":
		return form("2027.csv", "date,kind,name\n2027-01-01,off,元旦\n"), formMedia
	case "PUT /rules":
		raw, err := json.Marshal(docket.DefaultRules())
		if err != nil {
			t.Fatal(err)
		}
		return string(raw), "application/json"
	case "PUT /settings/channels":
		return `{"digest":"08:30","quiet":{"from":"20:00","to":"07:00"},"mail":{"on":false,"host":"","port":587,"tls":"starttls","user":"","password":"","from":"","from_name":"","ca":""},"hooks":[]}`, "application/json"
	case "POST /sheets":
		return form("a.xlsx", "no workbook"), formMedia
	case "PUT /me/telling":
		return `{"off":["mail"]}`, "application/json"
	case "POST /urges":
		return `{"matters":[1]}`, "application/json"
	case "POST /me/standins":
		return `{"login":"auditor-here","to":"2026-03-20"}`, "application/json"
	case "POST /matters/{id}/urges":
		return fmt.Sprintf(`{"unit":%d}`, here), "application/json"
	case "POST /matters/{id}/uploads":
		return fmt.Sprintf(`{"unit":%d,"name":"a.jpg","size":3}`, here), "application/json"
	case "POST /matters/{id}/photos":
		return fmt.Sprintf(`{"name":"a.jpg","size":3,"sha256":%q}`, strings.Repeat("b", 64)), "application/json"
	case "PATCH /matters/{id}/uploads/{uid}", "PATCH /matters/{id}/photos/{uid}":
		return "abc", "application/octet-stream"
	case "POST /imports":
		return `{"title":"通知","text":"关于绿化的通知\n一、植树一千棵，由临江区牵头，10月底前完成。"}`, "application/json"
	case "POST /units/import":
		return form("units.csv", "code,name,parent\n330999,青山县,云州市\n"), formMedia
	case "POST /units/{id}/merge":
		return fmt.Sprintf(`{"into":%d,"on":"2026-03-01"}`, there), "application/json"
	case "POST /units/{id}/split":
		return fmt.Sprintf(`{"into":[{"unit":%d},{"name":"江南区"}],"on":"2026-03-01"}`, there), "application/json"
	case "PUT /me/password":
		return `{"new":"a long enough phrase to be taken"}`, "application/json"
	case "POST /me/tokens":
		return `{"name":"new","read_only":true,"expires":"2026-06-01"}`, "application/json"
	case "PUT /settings/sign-in":
		return signInOff, "application/json"
	case "POST /people":
		return `{"login":"new.person","name":"New Person","lang":"en"}`, "application/json"
	case "POST /directives/{id}/names":
		return `{"name":"临江区","units":[2]}`, "application/json"
	}
	s := requestSchema(t, r)
	if s == nil {
		return "", ""
	}
	raw, err := json.Marshal(least(t, *s))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw), "application/json"
}

// signInOff is the settings with nothing on.
const signInOff = `{"second_factor_for":[],"groups":[],"provider":{"on":false,"name":"","issuer":"","client_id":"","client_secret":"","groups_claim":"","create_persons":false,"second_factor_counts":false},` +
	`"ldap":{"on":false,"url":"","start_tls":false,"ca":"","bind_dn":"","bind_password":"","base":"","filter":"","name_attribute":"","mail_attribute":"","group_base":"","group_filter":"","create_persons":false}}`

const formMedia = "multipart/form-data; boundary=cut"

func form(name, content string) string {
	return "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + content + "\r\n--cut--\r\n"
}

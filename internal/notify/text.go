package notify

import (
	"strconv"
	"strings"
	"unicode"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/words"
)

// letter is what a message says, before any way's markup.
type letter struct {
	subject, hello, more, open, why string
	link                            string
	lines                           []line
}

// line is one notice in words, with the address of what it is about.
type line struct {
	docket.NoticeLine
	text, url string
}

func compose(m docket.Message) letter {
	say := func(key string, args ...string) string { return words.Say(m.Lang, key, pairs(args)) }
	l := letter{subject: say("notice.subject", "n", strconv.Itoa(len(m.Lines)+m.More)), hello: say("notice.hello", "name", plain(m.Name)),
		open: say("notice.open"), why: say("notice.why"), link: m.Link}
	if m.Test {
		l.subject, l.hello, l.why = say("notice.test_subject"), say("notice.test"), ""
	}
	for _, n := range m.Lines {
		l.lines = append(l.lines, line{n, Sentence(m.Lang, n), address(m.Link, n)})
	}
	if m.More > 0 {
		l.more = say("notice.more", "n", strconv.Itoa(m.More))
	}
	return l
}

// Sentence says a notice in one line.
func Sentence(lang string, n docket.NoticeLine) string {
	args := make(map[string]string, len(n.Args)+1)
	for k, v := range n.Args {
		args[k] = plain(v)
	}
	args["what"] = words.Say(lang, "owe."+n.Args["what"], nil)
	key := "notice." + string(n.Kind)
	if meeting := key + "_meeting"; args["stocktake"] != "" && words.Has(lang, meeting) {
		key = meeting
	}
	if undated := key + "_undated"; args["due"] == "" && words.Has(lang, undated) {
		key = undated
	}
	said := strings.TrimSpace(words.Say(lang, key, args))
	if n.Matter == 0 {
		return said
	}
	return words.Say(lang, "notice.line", map[string]string{"no": n.No, "title": plain(n.Title), "said": said})
}

// address is where a notice leads: to its matter or meeting, else to the docket.
func address(link string, n docket.NoticeLine) string {
	meeting := n.Args["stocktake"]
	switch {
	case link == "":
		return ""
	case n.Matter != 0:
		return link + "/matters/" + strconv.FormatInt(int64(n.Matter), 10)
	case meeting != "":
		return link + "/stocktakes/" + meeting
	}
	return link
}

func pairs(args []string) map[string]string {
	out := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		out[args[i]] = args[i+1]
	}
	return out
}

// maxText bounds what people typed in one line of a message.
const maxText = 300

// plain makes one line of what people typed: without control characters, nor
// those that turn the direction of writing or show nothing.
func plain(s string) string {
	var b strings.Builder
	n, gap := 0, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = n > 0
			continue
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			continue
		case n == maxText:
			return b.String() + "…"
		case gap:
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// text writes a letter as plain text.
func (l letter) text() string {
	var b strings.Builder
	b.WriteString(l.hello + "\n")
	for i, x := range l.lines {
		if i == 0 {
			b.WriteByte('\n')
		}
		b.WriteString("- " + x.text + "\n")
		if x.url != "" && x.Matter != 0 {
			b.WriteString("  " + x.url + "\n")
		}
	}
	if l.more != "" {
		b.WriteString(l.more + "\n")
	}
	if l.link != "" {
		b.WriteString("\n" + l.open + ": " + l.link + "\n")
	}
	if l.why != "" {
		b.WriteString(l.why + "\n")
	}
	return b.String()
}

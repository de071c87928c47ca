package docket

import (
	"slices"
	"strconv"
)

// Rung is how far the telling about one thing owed has come: so many working
// days before its due, or how high above who owes it. A greater Rung comes
// later; the zero Rung is before the first.
type Rung int

// The rungs past a due. Those before it are Ahead(n).
const (
	RungOwn    Rung = 101 + iota // who owes it
	RungHead                     // the head of the unit that owes it
	RungOffice                   // the office that supervises it
	RungLeader                   // the leader of the portfolio; nothing comes after
)

// Ahead is the rung n working days before a due, 0 its own day.
func Ahead(n int) Rung { return 100 - Rung(n) }

// MaxAhead is how many working days before a due a reminder may come.
const MaxAhead = 60

// Past reports whether the rung lies past the due.
func (r Rung) Past() bool { return r >= RungOwn }

// String writes a rung as the key of a notice and the journal know it.
func (r Rung) String() string {
	switch {
	case r == 0:
		return ""
	case r >= RungOwn && r <= RungLeader:
		return []string{"own", "head", "office", "leader"}[r-RungOwn]
	}
	return strconv.Itoa(int(Ahead(0) - r))
}

// ownRung is where the ladder begins for what a post of a role owes.
func ownRung(role Role) Rung {
	switch role {
	case Head:
		return RungHead
	case Office:
		return RungOffice
	case Leader:
		return RungLeader
	}
	return RungOwn
}

// Heard is what was told last about a thing owed: the rung, and the due that was
// told then. A due that has moved begins a ladder of its own.
type Heard struct {
	Due  Date
	Rung Rung
}

// Climbing is a thing owed as the ladder sees it.
type Climbing struct {
	Obligation
	Owner  UnitID       // of the matter: whose office supervises it
	Status MatterStatus // of the matter
	Heard  Heard
	// Claimed: of the matter itself, that the unit says it is done, so that the
	// next word is the verifier's. The store does not fill it in.
	Claimed bool

	// Of a statement, which is owed for a meeting and in no matter:
	Statement StatementID
	Stocktake StocktakeID
	Title     string // of the meeting
	Ends      Date   // its day: whatever the settings, head and office know by the working day before
}

// Workdays counts working days; the working calendar answers it.
type Workdays interface {
	WorkingDays(from, to Date) int // after from, up to and including to
}

// Climb gives the rung to tell today, 0 when there is nothing to tell: always the
// highest one reached, however many days nobody looked, and none twice. Nothing
// is told on days that are not worked, nor of a matter that is parked, but for
// the look at it, nor to a unit that waits for its claim to be checked. A reminder counts only where its day lies after the thing came
// to be owed: a receipt due in two days is not announced by "7" and "3".
func (r *Rules) Climb(c *Climbing, since, today Date, late bool, w Workdays) Rung {
	if !c.Open() || c.Due == 0 || c.Kind == OweFinish && (c.Claimed || c.Status == Claimed) || c.Status == Parked && c.Kind != OweLook || w.WorkingDays(today-1, today) == 0 {
		return 0
	}
	rung := r.ahead(&c.Obligation, since, today, w)
	if late {
		rung = r.past(c, since, today, w)
	}
	if c.Heard.Due == c.Due && rung <= c.Heard.Rung {
		return 0
	}
	return rung
}

func (r *Rules) ahead(o *Obligation, since, today Date, w Workdays) (rung Rung) {
	if today > o.Due {
		return 0
	}
	left, first := w.WorkingDays(today, o.Due), w.WorkingDays(since, o.Due)
	for _, n := range r.Remind {
		if left <= n && n < first {
			rung = max(rung, Ahead(n))
		}
	}
	return rung
}

// past: who owes it at once, and each above when more whole working days than
// its number have gone by, since the due or, of what was owed too late already (a
// reopened matter), since it came to be owed.
func (r *Rules) past(c *Climbing, since, today Date, w Workdays) Rung {
	rung, gone := ownRung(c.Role), w.WorkingDays(max(c.Due, since), today)
	last := c.Ends != 0 && w.WorkingDays(today, c.Ends) <= 1
	for _, step := range []struct {
		rung  Rung
		after int
	}{{RungHead, r.ToHead}, {RungOffice, r.ToOffice}, {RungLeader, r.ToLeader}} {
		if (last || gone > step.after) && c.reaches(step.rung) {
			rung = max(rung, step.rung)
		}
	}
	return rung
}

// reaches reports whether a rung above who owes it is anybody's: a verifier has no
// unit's head above, and a silent unit is the office's to deal with.
func (c *Climbing) reaches(at Rung) bool {
	return !(at == RungHead && c.Role == Verifier) && !(at == RungLeader && c.Statement != 0)
}

// Told gives whose posts are told at a rung: who owes it, and past its due
// everybody whom the ladder has reached since it was told last.
func (c *Climbing) Told(rung Rung) []Role {
	out := []Role{c.Role}
	heard := ownRung(c.Role)
	if c.Heard.Due == c.Due {
		heard = max(heard, c.Heard.Rung)
	}
	for at, role := range map[Rung]Role{RungHead: Head, RungOffice: Office, RungLeader: Leader} {
		if heard < at && at <= rung && c.reaches(at) {
			out = append(out, role)
		}
	}
	slices.SortFunc(out[1:], func(a, b Role) int { return int(ownRung(a) - ownRung(b)) })
	return out
}

// Pressed reports whether it is a unit's own debt, which is pressed for by a
// slip; of what supervisors owe each other they are only told.
func (o *Obligation) Pressed() bool { return o.Role == Liaison || o.Role == Head }

// Pressed likewise; a slip belongs to a matter.
func (c *Climbing) Pressed() bool { return c.Statement == 0 && c.Obligation.Pressed() }

// checkLadder reports every setting of the ladder that cannot be kept to.
func (r *Rules) checkLadder(within func(name string, n, low, high int)) (f []FieldError) {
	within("remind", len(r.Remind), 0, 6)
	for _, n := range r.Remind {
		within("remind", n, 0, MaxAhead)
	}
	within("to_head", r.ToHead, 0, MaxAhead)
	within("to_office", r.ToOffice, 0, MaxAhead)
	within("to_leader", r.ToLeader, 0, MaxAhead)
	if r.ToHead > r.ToOffice || r.ToOffice > r.ToLeader {
		f = append(f, FieldError{Field: "to_leader", Key: "rules.ladder", Message: "the ladder goes up: head first, then office, then leader"})
	}
	return f
}

// Key names the occasion of telling a rung: the thing owed, its due, the rung.
func (c *Climbing) Key(rung Rung) string {
	id := strconv.FormatInt(int64(c.ID), 10)
	if c.Statement != 0 {
		id = "statement/" + strconv.FormatInt(int64(c.Statement), 10)
	}
	return id + "/" + c.Due.String() + "/" + rung.String()
}

// Reached is the highest role a rung tells.
func (c *Climbing) Reached(rung Rung) Role {
	told := c.Told(rung)
	return told[len(told)-1]
}

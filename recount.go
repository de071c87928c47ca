package docket

// ReadDays are what a calendar makes of the dues of a matter as they were read.
type ReadDays struct {
	Due, ReviewOn Date
	Provisional   bool
}

// Recount gives a matter whose due was counted past the known calendar the days
// that a new calendar makes of the same words, wherever the day still is what
// the former one gave; a day that a person set stays. Of a registered matter the
// first due is kept as promised, and it is judged by the later of the two: no
// calendar makes anybody late who kept to the day they were given.
func (m *Matter) Recount(was, is ReadDays, today Date) {
	due, judged := m.Due == was.Due, m.AssessedOn() == was.Due
	if due {
		m.Due = moved(was.Due, is.Due, today)
	}
	switch {
	case m.Status == Draft:
		m.FirstDue = m.Due
	case judged && is.Due > m.FirstDue:
		m.AssessOn = is.Due
	case judged:
		m.AssessOn = 0
	}
	if m.ReviewOn == was.ReviewOn {
		m.ReviewOn = moved(was.ReviewOn, is.ReviewOn, today)
	}
	m.Provisional = is.Provisional && (due || judged)
}

// moved is where a day goes that was reckoned anew: never into the past, where
// nobody could keep it any more.
func moved(was, is, today Date) Date {
	if is < was && is < today {
		return min(was, today)
	}
	return is
}

// Recount reckons an open obligation anew by a calendar that stands at the
// instant it arose: what follows from the matter's own day by that day, a count
// of working days by its term. Everything else stays.
func (o *Obligation) Recount(m *Matter, r *Rules, by Reckoner, today Date) {
	switch {
	case o.Kind == OweFinish:
		o.Due, o.Provisional = m.AssessedOn(), m.Provisional
	case o.Kind == OwePart && m.Due != 0:
		o.Due = moved(o.Due, by.Before(m.Due, r.PartBefore), today)
	case o.Term.Unit == WorkingDays:
		is, _, provisional := by.Reckon(o.Term)
		o.Due, o.Provisional = moved(o.Due, is, today), provisional
	}
}

package docket

import (
	"slices"
	"strconv"
	"time"
)

// How long an act of the room may be on its way: below the first it counts as made
// when it arrives, above the second the measure is not believed.
const (
	actPrompt = time.Second
	actOldest = 6 * time.Hour
)

// Made gives when an act was made that arrives now, after it waited in a browser
// that had no network: turns are timed from then. The browser measures the wait,
// and a wrong measure moves no clock beyond what is possible: an act is made no
// later than it arrives, and not before the one before it or the opening.
func (s *Stocktake) Made(now time.Time, ago time.Duration) time.Time {
	made := now
	if ago >= actPrompt {
		made = now.Add(-min(ago, actOldest))
	}
	for _, before := range []time.Time{s.ConvenedAt, s.OpenedAt, s.ActedAt} {
		if made.Before(before) {
			made = before
		}
	}
	return made
}

// Speaking is the turn that runs, nil between turns.
func (s *Stocktake) Speaking() *Slot {
	i := slices.IndexFunc(s.Slots, func(x Slot) bool { return x.State == SlotSpeaking })
	if i < 0 {
		return nil
	}
	return &s.Slots[i]
}

// Call gives the floor to a unit: whoever speaks is stopped first. To call who
// already speaks changes nothing, so an act that is sent twice is done once. Who
// was absent has come, late.
func (s *Stocktake) Call(unit UnitID, now time.Time) error {
	next := s.Slot(unit)
	if next == nil {
		return Errorf(Invalid, "stocktake.no_slot", "this unit is not on the list of speakers")
	}
	if next.State == SlotSpeaking {
		return nil
	}
	s.Pause(now)
	next.Late = next.Late || next.State == SlotAbsent
	next.State, next.Began = SlotSpeaking, now
	return nil
}

// Pause ends the turn that runs; its time is kept, and the unit may be called again.
func (s *Stocktake) Pause(now time.Time) {
	if x := s.Speaking(); x != nil {
		x.Spent += max(0, now.Sub(x.Began).Milliseconds())
		x.Began, x.State = time.Time{}, SlotSpoken
	}
}

// Miss marks a unit as absent, or as not absent after all. Who has spoken was there.
func (s *Stocktake) Miss(unit UnitID, absent bool) error {
	x := s.Slot(unit)
	switch {
	case x == nil:
		return Errorf(Invalid, "stocktake.no_slot", "this unit is not on the list of speakers")
	case x.State == SlotSpeaking || absent && x.Spent > 0:
		return Errorf(Conflict, "stocktake.has_spoken", x.Name+" has spoken already", "name", x.Name)
	case absent:
		x.State = SlotAbsent
	case x.State == SlotAbsent:
		x.State = SlotWaiting
	}
	return nil
}

// Reorder puts the turns into the order of units, which must be exactly those
// that report.
func (s *Stocktake) Reorder(units []UnitID) error {
	out := make([]Slot, 0, len(units))
	for _, u := range units {
		if x := s.Slot(u); x != nil && !slices.ContainsFunc(out, func(o Slot) bool { return o.Unit == u }) {
			out = append(out, *x)
		}
	}
	if len(out) != len(s.Slots) || len(out) != len(units) {
		return Errorf(Conflict, "stocktake.other_units", "the list of speakers has changed; look at it again")
	}
	s.Slots = out
	return nil
}

// Grant gives a unit other minutes than planned; the plan's are kept, for the next meeting.
func (s *Stocktake) Grant(unit UnitID, minutes int) error {
	x := s.Slot(unit)
	if x == nil {
		return Errorf(Invalid, "stocktake.no_slot", "this unit is not on the list of speakers")
	}
	if minutes < 1 || minutes > maxSlotMinutes {
		return Errorf(Invalid, "field.range", "outside what is possible", "min", "1", "max", strconv.Itoa(maxSlotMinutes))
	}
	if x.Planned == 0 {
		x.Planned = x.Minutes
	}
	x.Minutes = minutes
	return nil
}

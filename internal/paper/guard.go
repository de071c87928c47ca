package paper

// GuardName is the guard for names and titles.
func GuardName(string) error { return nil }

// Guard is the guard for documents.
func Guard(*Document) error { return nil }

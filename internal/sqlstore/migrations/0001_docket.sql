-- The docket as first built. Text in {{braces}} is filled in by the dialect;
-- dates are 'YYYY-MM-DD' or '' for none, instants UTC milliseconds or 0 for none.

CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  value BIGINT NOT NULL
) {{strict}};

-- Held by every writer on PostgreSQL from its first statement to its commit.
CREATE TABLE writer (
  one BIGINT PRIMARY KEY CHECK (one = 1)
) {{strict}};

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) {{strict}};

CREATE TABLE unit (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  parent BIGINT REFERENCES unit (id),
  level TEXT NOT NULL,
  ord BIGINT NOT NULL,
  aliases TEXT NOT NULL,
  versions TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  version BIGINT NOT NULL,
  CHECK (parent <> id)
) {{strict}};
CREATE UNIQUE INDEX unit_code ON unit (code) WHERE code <> '';
CREATE INDEX unit_parent ON unit (parent);

-- Every pair of a unit and a unit at or above it; rebuilt below a unit that moves.
CREATE TABLE unit_closure (
  below BIGINT NOT NULL REFERENCES unit (id),
  above BIGINT NOT NULL REFERENCES unit (id),
  depth BIGINT NOT NULL,
  PRIMARY KEY (below, above),
  CHECK (depth >= 0),
  CHECK ((depth = 0) = (below = above))
) {{keyed}};
CREATE INDEX unit_closure_above ON unit_closure (above, below);
-- One unit has one parent, so it has one unit at each distance above it.
CREATE UNIQUE INDEX unit_closure_depth ON unit_closure (below, depth);

CREATE TABLE succession (
  from_unit BIGINT NOT NULL REFERENCES unit (id),
  to_unit BIGINT NOT NULL REFERENCES unit (id),
  on_day TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (from_unit, to_unit),
  CHECK (from_unit <> to_unit)
) {{keyed}};

CREATE TABLE person (
  id BIGINT PRIMARY KEY,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  lang TEXT NOT NULL,
  active BIGINT NOT NULL CHECK (active IN (0, 1)),
  password TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX person_login ON person (login);

CREATE TABLE post (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  unit BIGINT REFERENCES unit (id),
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL
) {{strict}};
CREATE INDEX post_person ON post (person);

CREATE TABLE session (
  hash BYTEA PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  created BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  by_link BIGINT NOT NULL CHECK (by_link IN (0, 1)),
  agent TEXT NOT NULL,
  lang_hint TEXT NOT NULL
) {{keyed}};
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires);

CREATE TABLE link (
  hash BYTEA PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  expires BIGINT NOT NULL
) {{keyed}};

CREATE TABLE directive (
  id BIGINT PRIMARY KEY,
  owner BIGINT NOT NULL REFERENCES unit (id),
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  issuer TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  level TEXT NOT NULL,
  lang TEXT NOT NULL,
  addressees TEXT NOT NULL,
  parents TEXT NOT NULL,
  status TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_format TEXT NOT NULL,
  file_size BIGINT NOT NULL,
  findings TEXT NOT NULL,
  imported_by BIGINT,
  imported_at BIGINT NOT NULL,
  adopted_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX directive_number ON directive (owner, number);
CREATE INDEX directive_file ON directive (owner, file_sha256);

CREATE TABLE clause (
  id BIGINT PRIMARY KEY,
  directive BIGINT NOT NULL REFERENCES directive (id),
  ord BIGINT NOT NULL,
  parent BIGINT NOT NULL,
  kind TEXT NOT NULL,
  part TEXT NOT NULL,
  label TEXT NOT NULL,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  page BIGINT NOT NULL,
  line BIGINT NOT NULL,
  struck TEXT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX clause_place ON clause (directive, ord);
CREATE INDEX clause_kind ON clause (directive, kind);

CREATE TABLE matter (
  id BIGINT PRIMARY KEY,
  no TEXT NOT NULL,
  owner BIGINT NOT NULL REFERENCES unit (id),
  directive BIGINT REFERENCES directive (id),
  clause BIGINT REFERENCES clause (id),
  clause_ord BIGINT NOT NULL,
  ord BIGINT NOT NULL,
  span_start BIGINT NOT NULL,
  span_end BIGINT NOT NULL,
  title TEXT NOT NULL,
  requirement TEXT NOT NULL,
  strength TEXT NOT NULL,
  duty BIGINT NOT NULL CHECK (duty IN (0, 1)),
  status TEXT NOT NULL,
  result TEXT NOT NULL,
  aside BIGINT NOT NULL CHECK (aside IN (0, 1)),
  due TEXT NOT NULL,
  first_due TEXT NOT NULL,
  review_on TEXT NOT NULL,
  provisional BIGINT NOT NULL CHECK (provisional IN (0, 1)),
  dues TEXT NOT NULL,
  measures TEXT NOT NULL,
  findings TEXT NOT NULL,
  assigned_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX matter_owner_no ON matter (owner, no) WHERE no <> '';
CREATE INDEX matter_no ON matter (no) WHERE no <> '';
-- Covers the counts of the directives' list.
CREATE INDEX matter_directive ON matter (directive, ord, status, owner, clause);
CREATE INDEX matter_clause ON matter (clause);

CREATE TABLE assignment (
  matter BIGINT NOT NULL REFERENCES matter (id) ON DELETE CASCADE,
  ord BIGINT NOT NULL,
  directive BIGINT, -- the matter's, for "which directives has this unit a part in"
  role TEXT NOT NULL,
  unit BIGINT REFERENCES unit (id),
  name TEXT NOT NULL,
  reading TEXT NOT NULL,
  accepted BIGINT NOT NULL,
  PRIMARY KEY (matter, ord)
) {{keyed}};
CREATE INDEX assignment_unit ON assignment (unit, matter) WHERE unit IS NOT NULL;
CREATE INDEX assignment_directive ON assignment (directive, unit, matter) WHERE unit IS NOT NULL;

-- What the board keeps of a matter, in one narrow line (board.go): derived from
-- matter, assignment and obligation in the transaction that changes them, so
-- that a server starts on 100,000 matters without reading their texts.
CREATE TABLE matter_row (
  matter BIGINT PRIMARY KEY REFERENCES matter (id) ON DELETE CASCADE,
  line TEXT NOT NULL
) {{strict}};

CREATE TABLE numbering (
  owner BIGINT NOT NULL REFERENCES unit (id),
  year BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (owner, year)
) {{keyed}};

CREATE TABLE obligation (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  matter BIGINT NOT NULL REFERENCES matter (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  due TEXT NOT NULL,
  since BIGINT NOT NULL,
  met BIGINT NOT NULL
) {{strict}};
CREATE INDEX obligation_matter ON obligation (matter);
CREATE INDEX obligation_owed ON obligation (unit, due) WHERE met = 0;

CREATE TABLE journal (
  seq BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor BIGINT,
  verb TEXT NOT NULL,
  directive BIGINT,
  matter BIGINT,
  unit BIGINT,
  person BIGINT,
  reason TEXT NOT NULL,
  before_value TEXT,
  after_value TEXT
) {{strict}};
CREATE INDEX journal_actor ON journal (actor, seq) WHERE actor IS NOT NULL;
CREATE INDEX journal_directive ON journal (directive, seq) WHERE directive IS NOT NULL;
CREATE INDEX journal_matter ON journal (matter, seq) WHERE matter IS NOT NULL;
CREATE INDEX journal_unit ON journal (unit, seq) WHERE unit IS NOT NULL;
{{append_only journal}}

CREATE TABLE saved_view (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  columns TEXT NOT NULL,
  grouping TEXT NOT NULL
) {{strict}};
CREATE INDEX saved_view_person ON saved_view (person);

CREATE TABLE replay (
  person BIGINT NOT NULL,
  name TEXT NOT NULL,
  request BYTEA NOT NULL,
  status BIGINT NOT NULL,
  body BYTEA NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, name)
) {{strict}};
CREATE INDEX replay_at ON replay (at);

{{word_index directive_words}}
{{word_index clause_words}}
{{word_index matter_words}}

-- Evidence of matters, and files on their way in.

CREATE TABLE evidence (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  report BIGINT,
  kind TEXT NOT NULL,
  grade TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  media TEXT NOT NULL,
  size BIGINT NOT NULL,
  caption TEXT NOT NULL,
  place TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  expires TEXT NOT NULL,
  by_person BIGINT NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX evidence_matter ON evidence (matter, id);
-- The same file used for another matter.
CREATE INDEX evidence_file ON evidence (sha256, matter);

CREATE TABLE upload (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  by_person BIGINT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  parts TEXT NOT NULL,
  expires BIGINT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX upload_person ON upload (by_person, id);
CREATE INDEX upload_expires ON upload (expires);

-- Measures of a matter and their figures. A measure's row is its JSON; pace is
-- what the board's line carries of it, derived from plan and figures whenever
-- either changes, '' when the measure is withdrawn.

CREATE TABLE measure (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  pace TEXT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX measure_matter ON measure (matter);

-- Never changed: a correction is a row of its own.
CREATE TABLE observation (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  measure BIGINT NOT NULL REFERENCES measure (id),
  value TEXT NOT NULL, -- as written, so that no engine rounds it
  as_of TEXT NOT NULL,
  at BIGINT NOT NULL,
  person BIGINT,
  report BIGINT,
  note TEXT NOT NULL,
  corrects BIGINT REFERENCES observation (id)
) {{strict}};
CREATE INDEX observation_matter ON observation (matter);
CREATE INDEX observation_measure ON observation (measure);
CREATE UNIQUE INDEX observation_corrects ON observation (corrects) WHERE corrects > 0;
{{append_only observation}}

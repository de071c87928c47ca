-- Workbooks that came back, row by row, until they are 30 days old.

CREATE TABLE sheet (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  brought BIGINT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX sheet_person ON sheet (person, id);
CREATE INDEX sheet_brought ON sheet (brought);

CREATE TABLE sheet_row (
  sheet BIGINT NOT NULL REFERENCES sheet (id),
  ord BIGINT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (sheet, ord)
) {{keyed}};
CREATE INDEX sheet_row_state ON sheet_row (sheet, state, ord);

-- Stocktakes: the meeting with its turns and topics, its record, the statements of
-- units, frozen packs, minutes. A noun's row is its JSON, with the columns beside
-- it that are asked for.

CREATE TABLE stocktake (
  id BIGINT PRIMARY KEY,
  owner BIGINT NOT NULL REFERENCES unit (id),
  status TEXT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX stocktake_open ON stocktake (id) WHERE status IN ('convened', 'sitting', 'closed');

CREATE TABLE item (
  id BIGINT PRIMARY KEY,
  stocktake BIGINT NOT NULL REFERENCES stocktake (id),
  name TEXT NOT NULL, -- its key: the same line sent twice is one
  matter BIGINT REFERENCES matter (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX item_key ON item (stocktake, name);
CREATE INDEX item_matter ON item (matter) WHERE matter IS NOT NULL;

CREATE TABLE statement (
  id BIGINT PRIMARY KEY,
  stocktake BIGINT NOT NULL REFERENCES stocktake (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX statement_unit ON statement (stocktake, unit);

CREATE TABLE pack (
  id BIGINT PRIMARY KEY,
  stocktake BIGINT NOT NULL REFERENCES stocktake (id),
  no BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_person BIGINT NOT NULL REFERENCES person (id),
  seal TEXT NOT NULL, -- SHA-256 of body
  body TEXT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX pack_no ON pack (stocktake, no);

CREATE TABLE minutes (
  id BIGINT PRIMARY KEY,
  stocktake BIGINT NOT NULL REFERENCES stocktake (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX minutes_stocktake ON minutes (stocktake);

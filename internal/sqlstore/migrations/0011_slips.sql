-- Assignment slips of meetings: sent once, kept as they went out.

CREATE TABLE slip (
  id BIGINT PRIMARY KEY,
  stocktake BIGINT NOT NULL REFERENCES stocktake (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX slip_stocktake ON slip (stocktake);

-- Telling people: notices, urges, wishes, and work to be done later.

CREATE TABLE urge (
  id BIGINT PRIMARY KEY,
  slip TEXT NOT NULL,
  by_person BIGINT REFERENCES person (id), -- NULL: the ladder itself
  owner BIGINT NOT NULL REFERENCES unit (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  matter BIGINT NOT NULL REFERENCES matter (id),
  obligation BIGINT NOT NULL REFERENCES obligation (id),
  rung TEXT NOT NULL,
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  day TEXT NOT NULL
) {{strict}};
CREATE INDEX urge_matter ON urge (matter, id);
CREATE UNIQUE INDEX urge_slip ON urge (owner, slip);

CREATE TABLE notice (
  id BIGINT PRIMARY KEY,
  person BIGINT REFERENCES person (id), -- NULL: told to the unit's group
  unit BIGINT REFERENCES unit (id),
  kind TEXT NOT NULL,
  args TEXT NOT NULL,
  matter BIGINT REFERENCES matter (id),
  urge BIGINT REFERENCES urge (id),
  receiver TEXT NOT NULL, -- p12 or u4
  once TEXT NOT NULL,
  at BIGINT NOT NULL,
  day TEXT NOT NULL,
  read BIGINT NOT NULL,
  letter TEXT NOT NULL -- day of the digest that carries it
) {{strict}};
CREATE INDEX notice_person ON notice (person, id);
CREATE INDEX notice_unread ON notice (person, matter) WHERE read = 0;
CREATE INDEX notice_receiver ON notice (receiver, at);
CREATE UNIQUE INDEX notice_once ON notice (receiver, once) WHERE once <> '';

CREATE TABLE wishes (
  person BIGINT PRIMARY KEY REFERENCES person (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{keyed}};

CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL, -- its key
  body TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  leased BIGINT NOT NULL,
  begun BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  fault TEXT NOT NULL,
  done BIGINT NOT NULL,
  outcome TEXT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX job_key ON job (kind, name);
CREATE INDEX job_due ON job (run_at, id) WHERE done = 0;
CREATE INDEX job_done ON job (done) WHERE done <> 0;

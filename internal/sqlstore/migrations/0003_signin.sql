-- Signing in: failed tries, second factors, what is begun and not yet finished,
-- tokens of programs, people as providers know them, posts given by groups.

CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  last BIGINT NOT NULL,
  until BIGINT NOT NULL
) {{keyed}};
CREATE INDEX tally_last ON tally (last);

CREATE TABLE factor (
  person BIGINT PRIMARY KEY REFERENCES person (id),
  secret BYTEA NOT NULL,
  confirmed BIGINT NOT NULL,
  step BIGINT NOT NULL,
  recovery TEXT NOT NULL
) {{strict}};

CREATE TABLE ticket (
  hash BYTEA PRIMARY KEY,
  kind TEXT NOT NULL,
  person BIGINT REFERENCES person (id),
  expires BIGINT NOT NULL,
  detail TEXT NOT NULL
) {{keyed}};
CREATE INDEX ticket_expires ON ticket (expires);

CREATE TABLE token (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id),
  hash BYTEA NOT NULL,
  name TEXT NOT NULL,
  read_only BIGINT NOT NULL CHECK (read_only IN (0, 1)),
  acts TEXT NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  used BIGINT NOT NULL
) {{strict}};
CREATE UNIQUE INDEX token_hash ON token (hash);
CREATE INDEX token_person ON token (person);

CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  person BIGINT NOT NULL REFERENCES person (id),
  PRIMARY KEY (issuer, subject)
) {{keyed}};

CREATE TABLE synced_post (
  post BIGINT PRIMARY KEY REFERENCES post (id),
  issuer TEXT NOT NULL
) {{strict}};

ALTER TABLE session ADD COLUMN via TEXT NOT NULL DEFAULT '';

-- The life of a matter: plans, parts, reports, requests, verifications,
-- instructions and rounds. A noun's row is its JSON, with the columns beside it
-- that are asked for.

ALTER TABLE matter ADD COLUMN assess_on TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN was TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN look_on TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN condition TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN round BIGINT NOT NULL DEFAULT 1;
ALTER TABLE matter ADD COLUMN effect TEXT NOT NULL DEFAULT '';
ALTER TABLE matter ADD COLUMN milestones TEXT NOT NULL DEFAULT '[]';
ALTER TABLE assignment ADD COLUMN share TEXT NOT NULL DEFAULT '{}';

ALTER TABLE obligation ADD COLUMN role TEXT NOT NULL DEFAULT 'liaison';
ALTER TABLE obligation ADD COLUMN ref BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligation ADD COLUMN at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligation ADD COLUMN term TEXT NOT NULL DEFAULT '';
ALTER TABLE obligation ADD COLUMN provisional BIGINT NOT NULL DEFAULT 0;
ALTER TABLE obligation ADD COLUMN void BIGINT NOT NULL DEFAULT 0;
DROP INDEX obligation_owed;
CREATE INDEX obligation_open ON obligation (role, unit, due) WHERE met = 0 AND void = 0;
CREATE INDEX obligation_day ON obligation (due, unit) WHERE void = 0;

CREATE TABLE report (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  status TEXT NOT NULL,
  sent_on TEXT NOT NULL, -- the day it went out, where the body is; '' before
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX report_matter ON report (matter, sent_on);
CREATE INDEX report_returned ON report (unit) WHERE status = 'returned';

CREATE TABLE request (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  unit BIGINT NOT NULL REFERENCES unit (id),
  status TEXT NOT NULL,
  decided BIGINT NOT NULL,
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX request_matter ON request (matter);
CREATE INDEX request_decided ON request (unit, decided) WHERE decided > 0;

CREATE TABLE verification (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  form TEXT NOT NULL, -- the key of a form filled in without a network
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX verification_matter ON verification (matter);
CREATE UNIQUE INDEX verification_form ON verification (matter, form) WHERE form <> '';

CREATE TABLE instruction (
  id BIGINT PRIMARY KEY,
  matter BIGINT NOT NULL REFERENCES matter (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX instruction_matter ON instruction (matter);

CREATE TABLE round (
  id BIGINT PRIMARY KEY,
  owner BIGINT NOT NULL REFERENCES unit (id),
  body TEXT NOT NULL,
  version BIGINT NOT NULL
) {{strict}};
CREATE INDEX round_owner ON round (owner);

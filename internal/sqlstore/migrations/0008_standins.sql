-- The ladder, and who acts for whom.

ALTER TABLE obligation ADD COLUMN heard_due TEXT NOT NULL DEFAULT ''; -- the due that was told last
ALTER TABLE obligation ADD COLUMN heard_rung BIGINT NOT NULL DEFAULT 0;
-- 104 is the last rung (RungLeader): what is there already is not looked at again
CREATE INDEX obligation_climb ON obligation (due, id) WHERE met = 0 AND void = 0 AND due <> '' AND (heard_rung < 104 OR heard_due <> due);
CREATE INDEX obligation_hour ON obligation (at) WHERE met = 0 AND void = 0 AND at > 0;

CREATE TABLE standin (
  id BIGINT PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES person (id), -- who is away
  by_person BIGINT NOT NULL REFERENCES person (id),
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  words TEXT NOT NULL,
  set_by BIGINT NOT NULL REFERENCES person (id),
  ended BIGINT NOT NULL -- 0: it lasts to its last day
) {{strict}};
CREATE INDEX standin_person ON standin (person);
CREATE INDEX standin_by ON standin (by_person);

ALTER TABLE journal ADD COLUMN acted_for BIGINT REFERENCES person (id); -- NULL: in one's own name

-- Statements climb the ladder too. What was told stands beside the noun, not in it:
-- telling somebody must not look like a change of what they are writing.

ALTER TABLE statement ADD COLUMN heard_due TEXT NOT NULL DEFAULT '';
ALTER TABLE statement ADD COLUMN heard_rung BIGINT NOT NULL DEFAULT 0;

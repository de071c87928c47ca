-- The record of a meeting is a directive of that meeting: who was not at it sees
-- the matters given to them, not what the others were told.

ALTER TABLE directive ADD COLUMN stocktake BIGINT REFERENCES stocktake (id);
UPDATE directive SET stocktake = (SELECT MIN(i.stocktake) FROM item i JOIN matter m ON m.id = i.matter WHERE m.directive = directive.id);

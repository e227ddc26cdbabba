-- What the limit of change in a term holds back of a discount, minor units.
ALTER TABLE premiums ADD COLUMN held_back_minor bigint;

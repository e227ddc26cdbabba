-- What a term costs to date with fees and taxes; null where the plan has none, and for premiums of before it was kept.
ALTER TABLE premiums ADD COLUMN payable_minor bigint;

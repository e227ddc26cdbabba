-- What a redemption was called in other languages than the catalogue's own; null of those made before it was kept, or where it has no other name.
ALTER TABLE reward_redemptions ADD COLUMN titles jsonb;

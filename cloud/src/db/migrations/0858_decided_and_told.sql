-- How a challenge was decided: the trips that it was decided by leave the evidence after some months.
ALTER TABLE reward_participations ADD COLUMN outcome text CHECK (outcome IN ('reached', 'missed'));
-- Decided after whole days is reached by its days, else by the end of a trip. One that metres reached is set right when its driver is settled
-- next, as long as its trips are in the evidence.
UPDATE reward_participations
SET outcome = CASE WHEN extract(epoch FROM decided_at - joined_at)::numeric % 86400 = 0 THEN 'reached' ELSE 'missed' END
WHERE decided_at IS NOT NULL;
-- Of which silence of a device people were told: the rows that told it are removed after 180 days, and those of longer silences are gone already.
ALTER TABLE devices ADD COLUMN silence_told timestamptz;
UPDATE devices d SET silence_told = last_seen_at WHERE last_seen_at < now() - interval '180 days' OR EXISTS (
  SELECT 1 FROM notifications n WHERE n.occasion =
    'device_silent:' || d.id || ':' || floor(extract(epoch FROM d.last_seen_at) * 1000)::bigint || ':admins');

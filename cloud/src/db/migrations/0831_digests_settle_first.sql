-- Nothing makes a digest before its trip's seconds have settled: what comes until then in time is noted nowhere (trips/digests.ts).
-- Some may have been made due by hand; those that were even made, as far as one still sees it, are made anew.
UPDATE trip_digests SET due_at = end_at + interval '25 hours', path = NULL, bins = NULL
WHERE end_at + interval '25 hours' > now() AND coalesce(due_at, '-infinity') < end_at + interval '25 hours';
UPDATE trip_digests SET due_at = end_at + interval '25 hours' WHERE due_at < end_at + interval '25 hours';
ALTER TABLE trip_digests ADD CONSTRAINT trip_digests_settled CHECK (due_at >= end_at + interval '25 hours');

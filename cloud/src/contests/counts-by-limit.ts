import { type SQL, sql } from 'drizzle-orm'

/**
 * Of a row of `contests`: whether it was upheld by putting the limit right, so that its event counts as what it is by the true one. Upheld in any other
 * way, as by silence, it counts for nothing for good, whatever limit is put right later and for whom; and so does one that no limit can judge.
 */
export const countsByLimit: SQL<boolean> = sql`(contests.state = 'upheld' AND contests.reason = 'wrong_limit'
  AND EXISTS (SELECT FROM corrected_events judged WHERE judged.trip_id = contests.trip_id AND judged.event_id = contests.event_id)
  AND EXISTS (
    SELECT FROM contest_rulings word
    WHERE word.contest_id = contests.id AND word.settles AND word.limit_kmh IS NOT NULL))`

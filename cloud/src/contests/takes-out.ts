import { type SQL, sql } from 'drizzle-orm'
import { countsByLimit } from './counts-by-limit.ts'

/**
 * Of a row of `contests`: whether its event counts for nothing by it. Pending or upheld it does, whoever contested and whose the trip is since, unless it
 * put the limit right; one that somebody says was not theirs only where the trip is theirs all the same.
 *
 * @param whose whose the trip is, an id or a column; null for nobody's
 */
export const takesOut = (whose: string | null | SQL): SQL<boolean> => sql`(
  contests.state IN ('open', 'awaiting_second', 'upheld') AND NOT ${countsByLimit}
  AND (contests.reason <> 'not_me' OR contests.driver_id IS NOT DISTINCT FROM ${whose}))`

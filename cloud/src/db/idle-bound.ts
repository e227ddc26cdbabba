import { sql } from 'drizzle-orm'

/**
 * An expression that lets the server end this transaction where it does nothing for so long (`fairmile.holding_ms`): a process that was
 * stopped in its tracks with a lock in its hands would else hold up all others that want it. On the embedded database,
 * which has no such setting, and one process, it changes nothing.
 */
export const idleBound = sql.raw(`set_config('idle_in_transaction_session_timeout',
  COALESCE(current_setting('fairmile.holding_ms', true), current_setting('idle_in_transaction_session_timeout')), true)`)

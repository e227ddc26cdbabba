import type { Sql } from 'postgres'

/** Statements that a process has its connections prepare: more than the service has of fixed text. */
const maxStatements = 300
/** Longer ones are lists of rows, whose text is another each time. */
const maxLength = 4_000

/**
 * Says which statements are prepared: the first of each text that come, as long as there is room.
 *
 * Drizzle has none prepared, so that the driver asks the server to describe each anew: twice the round trips, and a plan each time.
 */
export function createPrepared(): (text: string) => boolean {
  const known = new Set<string>()
  return (text) => {
    if (known.has(text)) return true
    if (known.size >= maxStatements || text.length > maxLength) return false
    known.add(text)
    return true
  }
}

/** The session's own `unsafe`, with statements prepared that may be; Drizzle asks for none and means nothing by it. */
export function preparing<S extends Pick<Sql, 'unsafe'>>(session: S, prepared: (text: string) => boolean): S['unsafe'] {
  const { unsafe } = session
  return ((text, values, options) => {
    const query = unsafe(text, values, { ...options, prepare: (values?.length ?? 0) > 0 && prepared(text) })
    // Of each that fails the driver would keep the text for ever, to tell where it was asked.
    return Object.defineProperty(query, 'origin', { value: '' })
  }) as S['unsafe']
}

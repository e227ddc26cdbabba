import OpeningHours from 'opening_hours'

/** Texts whose reading is remembered: a city has some dozens. */
const maxRemembered = 500
/** Holidays, daylight, weather and the state of the road need more than a clock. */
const needsMore = /\b(PH|SH|sunset|sunrise|dawn|dusk)\b/

/** The limit of a street at a time. */
export interface LimitNow {
  /** km/h; NaN where unknown. */
  limitKmh: number
  /** Whether every condition could be decided. */
  certain: boolean
}

/** Decides the conditions of a street: the limit that holds at a time, from the one that holds otherwise. */
export type ConditionalLimit = (conditions: string, otherwiseKmh: number, utcMs: number | null) => LimitNow

interface Clause {
  kmh: number
  /** Null where a clock cannot decide it. */
  hours: OpeningHours | null
}

/**
 * Decides conditional limits by the time of a zone (OpenStreetMap wiki, "Conditional restrictions": of several clauses that
 * hold the last one counts). The hours are read by `opening_hours`, whose syntax they share.
 *
 * @param options.timeZone IANA name of the zone that the streets are in
 */
export function createConditionalLimit({ timeZone }: { timeZone: string }): ConditionalLimit {
  const wallTime = createWallTime(timeZone)
  const remembered = new Map<string, readonly Clause[]>()
  const clausesOf = (conditions: string): readonly Clause[] => {
    const known = remembered.get(conditions)
    if (known) return known
    if (remembered.size >= maxRemembered) remembered.clear()
    const clauses = readClauses(conditions)
    remembered.set(conditions, clauses)
    return clauses
  }
  return (conditions, otherwiseKmh, utcMs) => {
    const clauses = clausesOf(conditions)
    if (utcMs === null || clauses.length === 0) return { limitKmh: otherwiseKmh, certain: false }
    const now = wallTime(utcMs)
    const holding = clauses.findLast(({ hours }) => hours?.getState(now))
    const certain = clauses.every(({ hours }) => hours !== null)
    return { limitKmh: holding?.kmh ?? otherwiseKmh, certain }
  }
}

/** Reads `30 @ (Mo-Fr 07:00-17:00); 60 @ wet`; empty where it cannot be read. */
function readClauses(conditions: string): Clause[] {
  const clauses: Clause[] = []
  for (const [, value, open, bare] of conditions.matchAll(/\s*([^@;]+)@\s*(?:\(([^)]*)\)|([^;]*));?/g)) {
    const kmh = Number(value?.trim())
    if (!(kmh >= 1)) return []
    clauses.push({ kmh, hours: readHours((open ?? bare ?? '').trim()) })
  }
  return clauses
}

function readHours(text: string): OpeningHours | null {
  if (needsMore.test(text)) return null
  try {
    return new OpeningHours(text, null)
  } catch {
    return null // weather, weights, or a slip of whoever mapped it
  }
}

/** Moments whose local fields are those of the zone, as `opening_hours` reads them. */
function createWallTime(timeZone: string): (utcMs: number) => Date {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
  })
  return (utcMs) => {
    const part = Object.fromEntries(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]))
    return new Date(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute)
  }
}

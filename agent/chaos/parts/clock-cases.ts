/** What the clocks say in one drive. Drive seconds count from its start; times are UTC epoch milliseconds. */
export interface ClockCase {
  name: string
  /** The computer's clock at a second of the drive. */
  wall(s: number): number
  /** The receiver's, null while it does not know. */
  gnss(s: number): number | null
  timeZone: string
  /** Whether the true time is to be had, and so must be what is stored. */
  known: boolean
}

const hourMs = 3_600_000
/** A working morning; the truth, where a case has no other. */
const morning = Date.UTC(2026, 10, 23, 8)
const rolloverMs = 1024 * 7 * 24 * hourMs
/** In the middle of the trip, and of a bend that is judged. */
const stepS = 150

const from = (startMs: number) => (s: number) => startMs + s * 1000
const never = () => null

/** The truth of every case that has no other. */
export const steady: ClockCase = {
  name: 'steady',
  wall: from(morning),
  gnss: from(morning),
  timeZone: 'Europe/Berlin',
  known: true,
}

const startsOf = {
  '1970': 0,
  '2038': 2 ** 31 * 1000 - 60_000,
  'an hour slow': morning - hourMs,
  'an hour fast': morning + hourMs,
}
const steps = {
  'an hour back': -hourMs,
  'an hour on': hourMs,
  '1970': -morning,
  'twelve years on': 12 * 365 * 24 * hourMs,
}

/** Each way in which a car's clocks have been seen to be wrong. */
export const clockCases: ClockCase[] = [
  ...Object.entries(startsOf).flatMap(([name, start]): ClockCase[] => [
    { ...steady, name: `computer starts at ${name}, no receiver`, wall: from(start), gnss: never, known: false },
    {
      ...steady,
      name: `computer starts at ${name}, the receiver knows after a minute`,
      wall: from(start),
      gnss: (s) => (s < 60 ? null : morning + s * 1000),
    },
  ]),
  ...Object.entries(steps).flatMap(([name, by]): ClockCase[] => {
    const stepped = (s: number) => morning + s * 1000 + (s < stepS ? 0 : by)
    return [
      { ...steady, name: `NTP steps to ${name} in the trip, no receiver`, wall: stepped, gnss: never, known: false },
      { ...steady, name: `NTP steps to ${name} in the trip`, wall: stepped },
      { ...steady, name: `the receiver steps to ${name} in the trip`, gnss: stepped, known: false },
    ]
  }),
  { ...steady, name: 'the receiver is a rollover behind', gnss: (s) => morning - rolloverMs + s * 1000 },
  {
    ...steady,
    name: 'the weeks roll over in the trip',
    gnss: (s) => morning + s * 1000 - (s < stepS ? 0 : rolloverMs),
  },
  ...[Date.UTC(2027, 2, 28, 1), Date.UTC(2027, 9, 31, 1)].map((turn): ClockCase => {
    const start = turn - stepS * 1000
    return {
      ...steady,
      name: `summer time turns at ${new Date(turn).toISOString()}`,
      wall: from(start),
      gnss: from(start),
    }
  }),
  {
    ...steady,
    name: 'a leap second is said twice',
    gnss: (s) => morning + (s < stepS ? s : s - 1) * 1000,
  },
]

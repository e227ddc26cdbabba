import { type Column, type Row, unionOf } from './columns.ts'
import { type DataSet, driverSets } from './data-sets.ts'
import { portfolioSetsOf } from './portfolio-sets.ts'
import { type PageAsk, type ReadPage, rowsOf } from './read-page.ts'
import { secondColumns } from './trip-seconds.ts'

/** What is exported. */
export type Subject =
  | { readonly of: 'driver'; readonly driverId: string; readonly fromMs: number; readonly toMs: number }
  | { readonly of: 'trip'; readonly tripId: string }
  | {
      readonly of: 'portfolio'
      readonly set: keyof typeof portfolioSetsOf
      readonly fromMs: number
      readonly toMs: number
    }

/** A set of an export, read as its rows are taken. */
export interface Source {
  readonly record: string
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<Row>
}

/** Trips and events of a driver or of one trip, and all seconds of a trip. */
export interface Drives {
  readonly trips: Source
  readonly events: Source
  readonly secondsOf: (tripId: string) => AsyncIterable<Row>
}

/** Trips, events and seconds of a driver or a trip. */
export function drivesOf(read: ReadPage, subject: Exclude<Subject, { of: 'portfolio' }>): Drives {
  const source = (set: 'trips' | 'events'): Source => {
    const ask: PageAsk = { ...subject, set, after: null }
    return { ...told(driverSets[set]), rows: rowsOf(read, ask) }
  }
  const secondsOf = (tripId: string) => rowsOf(read, { of: 'trip', set: 'seconds', tripId, after: null })
  return { trips: source('trips'), events: source('events'), secondsOf }
}

/** The sets of a driver that are no drives. */
const otherSets = [
  'self',
  'policies',
  'policyHistory',
  'scores',
  'premiums',
  'receipts',
  'ledger',
  'claims',
  'contests',
  'redemptions',
  'notifications',
  'preferences',
  'pushes',
] as const

/** What else an export has of a driver; of a trip nothing. */
export function othersOf(read: ReadPage, subject: Exclude<Subject, { of: 'portfolio' }>): Source[] {
  if (subject.of === 'trip') return []
  return otherSets.map((set) => ({ ...told(driverSets[set]), rows: rowsOf(read, { ...subject, set, after: null }) }))
}

/** All sets of a subject as one table: its first column names the set of each row where there are several. */
export function tableOf(read: ReadPage, subject: Subject): { columns: readonly Column[]; rows: AsyncIterable<Row> } {
  if (subject.of === 'portfolio') {
    const { set } = subject
    return { ...told(portfolioSetsOf[set]), rows: rowsOf(read, { ...subject, after: null }) }
  }
  const { trips, events, secondsOf } = drivesOf(read, subject)
  const seconds = {
    record: 'second',
    columns: secondColumns,
    rows: secondsOfAll(drivesOf(read, subject).trips.rows, secondsOf),
  }
  const sources = [trips, events, ...othersOf(read, subject), seconds]
  const record: Column = { name: 'record', type: 'text' }
  return { columns: [record, ...unionOf(sources.map(({ columns }) => columns))], rows: joined(sources) }
}

const told = ({ record, columns }: DataSet) => ({ record, columns })

async function* joined(sources: readonly Source[]): AsyncGenerator<Row> {
  for (const { record, rows } of sources) for await (const row of rows) yield { record, ...row }
}

async function* secondsOfAll(trips: AsyncIterable<Row>, secondsOf: Drives['secondsOf']): AsyncGenerator<Row> {
  for await (const { trip_id } of trips) yield* secondsOf(String(trip_id))
}

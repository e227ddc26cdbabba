import type { ContestReason } from '@fairmile/contract/contest.ts'
import type { EventKind } from '@fairmile/contract/driving-event.ts'
import { contestRules } from '@fairmile/models/contests/contest-rules.ts'
import type { Database } from '../db/database.ts'
import {
  type CorrectedLimit,
  type Counts,
  contestCounts,
  contestedEvents,
  contestMoney,
  correctedLimits,
  type Money,
  type RulingTimes,
  rulingTimes,
} from './contest-figures.ts'
import { periodOf } from './period.ts'
import { percentOf, type ReportBody, tableOf } from './report-table.ts'

type Figure = readonly [name: string, value: number | null]

/** Makes the report of contests: who was right, how long that took, and what it gave back. */
export async function contestsReport(db: Database, month: string): Promise<ReportBody> {
  const period = periodOf(month)
  const [counts, events] = [await contestCounts(db, period), await contestedEvents(db, period)]
  const [times, money, limits] = [
    await rulingTimes(db, period),
    await contestMoney(db, period),
    await correctedLimits(db, period),
  ]
  return {
    tables: [
      tableOf('figures', 'Contests', {
        columns: { figure: ['Figure', ([n]: Figure) => n], value: ['Value', ([, v]: Figure) => v] },
        rows: figuresOf(counts, times, events),
      }),
      standing('reasons', 'By reason', { what: 'Reason', rows: counts.filter(({ reason }) => reason !== null) }),
      standing('kinds', 'By kind of event', { what: 'Event', rows: counts.filter(({ kind }) => kind !== null) }),
      moneyTable(money),
      limitsTable(limits),
    ],
    notes: notesOf(),
  }
}

/** The month at a glance. */
function figuresOf(
  counts: readonly Counts[],
  { ruled, medianDays, longestDays, inTime }: RulingTimes,
  { events, contested }: { events: number; contested: number },
): Figure[] {
  const all = counts.find(({ reason, kind }) => reason === null && kind === null)
  const { opened = 0, upheld = 0, silent = 0, rejected = 0, withdrawn = 0, pending = 0 } = all ?? {}
  return [
    ['Opened', opened],
    ['Ruled for the driver', upheld],
    ['of these by silence', silent],
    ['Ruled against the driver', rejected],
    ['Taken back', withdrawn],
    ['For the driver, % of what was ruled', percentOf(upheld, upheld + rejected)],
    ['Pending at the end of the month', pending],
    ['Settled by a person’s ruling', ruled],
    ['Working days to a ruling, median', medianDays],
    ['Working days to a ruling, longest', longestDays],
    [`Ruled within ${contestRules.rulingWorkingDays} working days, %`, percentOf(inTime, ruled)],
    ['Events of the month', events],
    ['of these contested', contested],
    ['Contested, %', percentOf(contested, events)],
  ]
}

const words = (name: ContestReason | EventKind | null): string | null => name?.replaceAll('_', ' ') ?? null

/** How contests stand by what they are told apart by. */
const standing = (name: string, title: string, { what, rows }: { what: string; rows: readonly Counts[] }) =>
  tableOf(name, title, {
    columns: {
      [name]: [what, ({ reason, kind }) => words(reason ?? kind)],
      opened: ['Opened', ({ opened }) => opened],
      upheld: ['For the driver', ({ upheld }) => upheld],
      silent: ['of these by silence', ({ silent }) => silent],
      rejected: ['Against', ({ rejected }) => rejected],
      withdrawn: ['Taken back', ({ withdrawn }) => withdrawn],
      pending: ['Pending at the end', ({ pending }) => pending],
    },
    rows,
  })

const moneyTable = (rows: readonly Money[]) =>
  tableOf('money', 'What was given back and waived', {
    columns: {
      cause: ['Because of', ({ cause }) => (cause === 'contest' ? 'contests' : 'corrected limits')],
      currency: ['Currency', ({ currency }) => currency],
      policies: ['Policies', ({ policies }) => policies],
      refunded: ['Refunded, minor units', ({ refundedMinor }) => refundedMinor],
      waived: ['Waived, minor units', ({ waivedMinor }) => waivedMinor],
    },
    rows,
  })

const limitsTable = (rows: readonly CorrectedLimit[]) =>
  tableOf('limits', 'Limits corrected', {
    columns: {
      contest: ['Contest', ({ contestId }) => contestId],
      place: ['Latitude, longitude', ({ lat, lon }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`],
      radius: ['Radius, m', ({ radiusM }) => radiusM],
      judgedBy: ['Limit judged by, km/h', ({ mapKmh }) => mapKmh],
      limit: ['True limit, km/h', ({ limitKmh }) => limitKmh],
      events: ['Events judged anew', ({ events }) => events],
      none: ['of these no event now', ({ none }) => none],
      drivers: ['Drivers', ({ drivers }) => drivers],
    },
    rows,
  })

const notesOf = (): string[] => {
  const { rulingWorkingDays: days, contestDays, jurisdiction } = contestRules
  return [
    `Rulings are those of the month, also on contests that were opened before it. Days are working days in ${jurisdiction} after the day of opening; after ${days} of them silence upholds.`,
    `An event may be contested for ${contestDays} days after it was told: the share of a month that is just over still grows.`,
    'Refunds are what came back of what was billed, with the price that followed a contest, its ruling or a corrected limit. Of a contest that was rejected after its event was billed the amount is waived.',
  ]
}

import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { counted, decimal, duration, nbsp } from './figures.ts'

/** How a part of the service is, and what to do where that is not well. */
export interface HealthItem {
  readonly part: string
  readonly level: 'well' | 'look' | 'act'
  readonly words: string
  /** What to do; null where there is nothing to. */
  readonly next: string | null
}

/** A waiting event that is older than this is late: scores and prices follow a trip within seconds. */
const lateS = 300
/** A share of boxes that is heard less than this a day is worth a look. */
const heardShare = 0.5

/** The parts of the service in plain words, those that need an act first. */
export function healthWords({ health, devices }: Pick<AdminOverview, 'health' | 'devices'>): HealthItem[] {
  const order = { act: 0, look: 1, well: 2 }
  return [queue(health), letters(health), jobs(health), boxes(devices), cache(health), store(health)].toSorted(
    (a, b) => order[a.level] - order[b.level],
  )
}

function queue({ deliveries }: AdminOverview['health']): HealthItem {
  const part = 'Events to scores and prices'
  const dead = deliveries.filter((delivery) => delivery.dead > 0)
  const given = dead.map((delivery) => `${decimal(delivery.dead)} by ${delivery.consumer}`).join(', ')
  if (given)
    return {
      part,
      level: 'act',
      words: `Given up: ${given}.`,
      next: 'Reasons are under Dead messages; they can be tried again there.',
    }
  const pending = deliveries.reduce((sum, delivery) => sum + delivery.pending, 0)
  const lagS = Math.max(0, ...deliveries.map((delivery) => delivery.lagS ?? 0))
  if (pending === 0) return { part, level: 'well', words: 'All handled, none waiting.', next: null }
  const words = `${counted(pending, 'waits', 'wait')}, the oldest for ${duration(lagS)}.`
  return lagS > lateS
    ? { part, level: 'look', words, next: 'Is a worker running? A consumer that fails tries again for a while.' }
    : { part, level: 'well', words, next: null }
}

function letters({ deadLetters: { waiting } }: AdminOverview['health']): HealthItem {
  const part = 'Messages of boxes'
  if (waiting === 0) return { part, level: 'well', words: 'All stored.', next: null }
  const words = `${counted(waiting, 'message')} could not be stored.`
  return { part, level: 'look', words, next: 'Reasons are under Dead messages; what can be stored by now is replayed.' }
}

function jobs({ jobs: all }: AdminOverview['health']): HealthItem {
  const part = 'Recurring jobs'
  const failed = all.filter(({ state }) => state === 'failed')
  if (failed.length > 0) {
    const words = `Failed: ${failed.map(({ job }) => job).join(', ')}.`
    return { part, level: 'act', words, next: failed[0]?.error ?? 'The log of the worker has the error.' }
  }
  const ran = all.filter(({ state }) => state === 'completed').length
  if (all.length === 0)
    return { part, level: 'look', words: 'None is scheduled.', next: 'Start a process with the role worker.' }
  return { part, level: 'well', words: `${decimal(ran)} of ${decimal(all.length)} have run, none failed.`, next: null }
}

function boxes({ claimed, heard }: AdminOverview['devices']): HealthItem {
  const part = 'Boxes'
  const words = `${decimal(heard)} of ${decimal(claimed)} heard in the last day.`
  if (claimed === 0 || heard / claimed >= heardShare) return { part, level: 'well', words, next: null }
  return { part, level: 'look', words, next: 'Drivers with a silent box are a filter of the list of drivers.' }
}

function cache({ cacheHitRate }: AdminOverview['health']): HealthItem {
  const words =
    cacheHitRate === null
      ? 'Nothing was asked yet.'
      : `${decimal(cacheHitRate * 100)}${nbsp}% of answers were kept ones.`
  return { part: 'Cache of this process', level: 'well', words, next: null }
}

const store = ({ database: { kind, sizeBytes } }: AdminOverview['health']): HealthItem => ({
  ...{ part: 'Database', level: 'well', next: null },
  words: `${sizeBytes < 1e9 ? `${decimal(sizeBytes / 1e6)}${nbsp}MB` : `${decimal(sizeBytes / 1e9, 1)}${nbsp}GB`}, ${kind === 'embedded' ? 'embedded' : 'on a server'}.`,
})

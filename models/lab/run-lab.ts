import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { type Dislocation, dislocationOf } from '../src/pricing/dislocation.ts'
import type { PricingModel } from '../src/pricing/receipt.ts'
import { compareEvents, type EventChanges } from './compare-events.ts'
import type { LabDrive } from './find-drives.ts'
import { judgeDriver, type LabDriver, tripsOf } from './lab-drivers.ts'
import { type JudgedBy, type ReplayedDrive, replayDrive } from './replay-drive.ts'

/** What judges on one side of a comparison. */
export interface LabSide {
  /** What it is called. */
  name: string
  /** What the agent judges by. */
  agent: JudgedBy
  /** What drivers are scored by. */
  model: PricingModel
}

/** A drive on both sides. */
export interface DriveResult {
  drive: string
  driver: string
  km: number
  risk: { before: number | null; after: number | null }
  events: { before: number; after: number } & EventChanges
}

/** A driver on both sides. */
export interface DriverResult {
  driver: string
  drives: number
  before: LabDriver
  after: LabDriver
}

/** What a change of thresholds or model does. */
export interface LabResult {
  before: string
  after: string
  plan: string
  currency: string
  drives: DriveResult[]
  drivers: DriverResult[]
  totals: {
    drives: number
    drivers: number
    km: number
    events: { before: number; after: number; appeared: number; vanished: number; changed: number }
    monthMinor: { before: number; after: number }
  }
  dislocation: Dislocation
}

interface LabOptions {
  before: LabSide
  after: LabSide
  plan: RatingPlan
  asKm: number | undefined
  /** Replays at a time. */
  jobs: number
  signal: AbortSignal
  /** Told after each drive. */
  progress?: (done: number) => void
}

/** Judges drives twice and tells what differs; a side that has the agent judge as the other does is not replayed again. */
export async function runLab(drives: readonly LabDrive[], options: LabOptions): Promise<LabResult> {
  const { before, after, plan, asKm, jobs, signal, progress } = options
  const alike = before.agent.thresholds === after.agent.thresholds && before.agent.model === after.agent.model
  const replayed = new Map<LabDrive, { before: ReplayedDrive; after: ReplayedDrive }>()
  const waiting = [...drives]
  const work = async (): Promise<void> => {
    for (let drive = waiting.shift(); drive; drive = waiting.shift()) {
      const first = await replayDrive(drive.folder, before.agent, signal)
      const second = alike ? first : await replayDrive(drive.folder, after.agent, signal)
      replayed.set(drive, { before: first, after: second })
      progress?.(replayed.size)
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))

  const results = drives.map((drive): DriveResult => {
    const judged = replayed.get(drive)!
    const metres = judged.before.trips.reduce((sum, { statistics }) => sum + statistics.distanceM, 0)
    return {
      drive: drive.name,
      driver: drive.driver,
      km: metres / 1000,
      risk: { before: judged.before.risk, after: judged.after.risk },
      events: {
        before: judged.before.events.length,
        after: judged.after.events.length,
        ...compareEvents(judged.before.events, judged.after.events),
      },
    }
  })
  const drivers = [...Map.groupBy(drives, ({ driver }) => driver)].map(([driver, own]): DriverResult => {
    const side = (which: 'before' | 'after', { model }: LabSide): LabDriver =>
      judgeDriver(tripsOf(own.map((drive) => ({ name: drive.name, drive: replayed.get(drive)![which] }))), {
        model,
        plan,
        asKm,
      })
    return { driver, drives: own.length, before: side('before', before), after: side('after', after) }
  })
  const sum = (of: (result: DriveResult) => number): number => results.reduce((total, result) => total + of(result), 0)
  const month = (which: 'before' | 'after'): number =>
    drivers.reduce((total, driver) => total + driver[which].monthMinor, 0)
  return {
    before: before.name,
    after: after.name,
    plan: plan.id,
    currency: plan.currency,
    drives: results,
    drivers,
    totals: {
      drives: results.length,
      drivers: drivers.length,
      km: sum(({ km }) => km),
      events: {
        before: sum(({ events }) => events.before),
        after: sum(({ events }) => events.after),
        appeared: sum(({ events }) => events.appeared.length),
        vanished: sum(({ events }) => events.vanished.length),
        changed: sum(({ events }) => events.changed.length),
      },
      monthMinor: { before: month('before'), after: month('after') },
    },
    dislocation: dislocationOf(
      drivers.map((driver) => ({ before: driver.before.monthMinor, after: driver.after.monthMinor })),
    ),
  }
}

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { bands, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { EventCount, TripStatistics } from '@fairmile/contract/trip.ts'
import fc from 'fast-check'
import { counted, emptyStatistics } from '../trips/merge-statistics.ts'
import { assess, type RewardEvidence } from './assess.ts'
import { dayMs, dayOf } from './calendar.ts'
import type { InsuredCar } from './heard.ts'
import { parseRewardCatalogue } from './parse-catalogue.ts'
import { wholeWeekPoints } from './reward-weeks.ts'

const catalogue = parseRewardCatalogue(
  readFileSync(new URL('../../rewards/fairmile-rewards-1.json', import.meta.url), 'utf8'),
)
const monday = Date.UTC(2026, 5, 1)
const weeks = 10
const now = monday + (7 * weeks + 4) * dayMs

interface Shape {
  /** Whole days after the first Monday, and hours of that day. */
  day: number
  hour: number
  km: number
  /** Metres that could not be graded. */
  blindM: number
  events: Omit<EventCount, 'count'>[]
}

function tripOf({ day, hour, km, blindM, events }: Shape, n: number): ReceiptTrip {
  const startAt = monday + day * dayMs + hour * 3_600_000
  const distanceM = km * 1000 + blindM
  const statistics: TripStatistics = {
    ...emptyStatistics(),
    ...{ distanceM, gradableM: km * 1000, movingS: km * 60, durationS: km * 60, phoneKnownS: km * 60 },
    events: events.reduce<EventCount[]>((counts, event) => counted(counts, event), []),
  }
  return { id: `TRP-${n}`, startAt, endAt: startAt + 60_000, thresholdsHash: 'x', statistics }
}

/** A car that is insured all year, whose box was heard now. */
const car = (more: Partial<InsuredCar> = {}): InsuredCar => ({
  ...{ vehicleId: 'VEH-1', startsOn: '2026-01-01', endsOn: '2026-12-31', heardAt: now },
  ...more,
})

function evidence(shapes: readonly Shape[], more: Partial<RewardEvidence> = {}): RewardEvidence {
  const trips = shapes.map(tripOf).toSorted((a, b) => a.startAt - b.startAt)
  return {
    trips,
    from: dayOf(monday - 28 * dayMs),
    insured: [car()],
    since: dayOf(monday),
    joined: catalogue.challenges.map(({ id }) => ({ challengeId: id, joinedAt: monday, decided: null })),
    ...more,
  }
}

/** Points of everything: weeks, milestones and challenges. */
function pointsOf(shapes: readonly Shape[]): number {
  const { closed, achievements, challenges } = assess(evidence(shapes), catalogue, now)
  const milestones = achievements.map(({ id, reachedAt }) =>
    reachedAt === null ? 0 : catalogue.achievements.find((known) => known.id === id)!.points,
  )
  const reached = challenges.map(({ state, points }) => (state === 'reached' ? points : 0))
  return [...closed.map(({ points }) => points), ...milestones, ...reached].reduce((a, b) => a + b, 0)
}
const weekPoints = (shapes: readonly Shape[]): number[] =>
  assess(evidence(shapes), catalogue, now).closed.map(({ points }) => points)

const event = fc.record({
  kind: fc.constantFrom(...eventKinds),
  band: fc.constantFrom(...bands),
  grade: fc.constantFrom(...grades),
})
const shape = fc.record({
  day: fc.integer({ min: 0, max: 7 * weeks - 1 }),
  hour: fc.integer({ min: 0, max: 23 }),
  km: fc.double({ min: 0.1, max: 300, noNaN: true }),
  blindM: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 9000, noNaN: true })),
  events: fc.array(event, { maxLength: 2 }),
})
const shapes = fc.array(shape, { maxLength: 40 })
const runs = { seed: 43, numRuns: 150 }
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const drive = (day: number, more: Partial<Shape> = {}): Shape => ({
  ...{ day, hour: 8, km: 20, blindM: 0, events: [] },
  ...more,
})

describe('points', () => {
  it('are the same for any more clean, judged driving', () => {
    fc.assert(
      fc.property(shapes, fc.array(shape, { maxLength: 20 }), (driven, more) => {
        const clean = more.map((trip) => ({ ...trip, blindM: 0, events: [] }))
        assert.deepEqual(weekPoints([...driven, ...clean]), weekPoints(driven))
        assert.equal(pointsOf([...driven, ...clean]), pointsOf(driven))
      }),
      runs,
    )
  })

  it('are never more for any driving at all: not driving earns at least as much', () => {
    fc.assert(
      fc.property(shapes, shape, (driven, more) => {
        assert.ok(pointsOf([...driven, more]) <= pointsOf(driven))
      }),
      runs,
    )
  })

  it('are never more for another event on any trip, the weeks that it makes easier to beat included', () => {
    fc.assert(
      fc.property(shapes, event, fc.nat(), (driven, more, at) => {
        const worse = driven.map((trip, n) =>
          n === at % driven.length ? { ...trip, events: [...trip.events, more] } : trip,
        )
        assert.ok(pointsOf(worse) <= pointsOf(driven))
      }),
      runs,
    )
  })

  it('are the same for a trip cut in two, or told in another order', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (driven, at) => {
        const cut = driven.flatMap((trip, n) => {
          if (n !== at % driven.length) return [trip]
          const half = { ...trip, km: trip.km / 2, blindM: trip.blindM / 2 }
          return [half, { ...half, events: [] }]
        })
        assert.equal(pointsOf(cut.toReversed()), pointsOf(driven))
      }),
      runs,
    )
  })

  it('of a week without driving are those of a clean one, and more than those of an eventful one', () => {
    const whole = wholeWeekPoints(catalogue)
    assert.equal(whole, 98)
    assert.deepEqual(weekPoints([]).slice(0, 2), [whole, whole])
    assert.deepEqual(weekPoints([drive(0), drive(8, { events: [brake] })]).slice(0, 2), [whole, whole - 14])
  })

  it('are given for more calm days than in the weeks before, up to what these had lost', () => {
    const rough = [0, 7, 14, 21].map((day) => drive(day, { events: [brake] }))
    assert.deepEqual(weekPoints(rough).slice(3, 9), [84, 102, 101, 100, 99, 98])
  })

  it('are none for a day whose way could not be judged, and for days before the first trip or without a policy', () => {
    assert.equal(weekPoints([drive(0, { blindM: 5001 })])[0], 84)
    assert.equal(weekPoints([drive(0, { blindM: 5000 })])[0], 98)
    const wednesday = assess(evidence([], { since: dayOf(monday + 2 * dayMs) }), catalogue, now).closed[0]
    assert.deepEqual([wednesday?.days, wednesday?.points], [5, 70])
    const short = evidence([], { insured: [car({ startsOn: '2026-06-01', endsOn: '2026-06-02' })] })
    assert.equal(assess(short, catalogue, now).closed[0]?.points, 28)
    assert.deepEqual(assess(evidence([], { since: null }), catalogue, now).closed, [])
  })

  it('wait until the box was heard after the week, and late trips had their time', () => {
    const closedAt = (heardAt: number, at: number): number =>
      assess(evidence([], { insured: [car({ heardAt })] }), catalogue, at).closed.length
    assert.equal(closedAt(monday + 9 * dayMs, monday + 9 * dayMs), 0)
    assert.equal(closedAt(monday + 10 * dayMs, monday + 10 * dayMs), 1)
    assert.equal(closedAt(monday + 6 * dayMs, monday + 60 * dayMs), 0)
  })
})

describe('the box of each car', () => {
  const second = (more: Partial<InsuredCar>) => car({ vehicleId: 'VEH-2', ...more })
  const closedOf = (...cars: InsuredCar[]) =>
    assess(evidence([], { insured: [car(), ...cars] }), catalogue, now).closed.map(({ week, points }) => [week, points])
  const all = closedOf()
  const before = (weeksDone: number) => all.slice(0, weeksDone)

  it('is waited for: a week earns nothing once one of two is unplugged for good', () => {
    assert.equal(all.length, weeks)
    assert.deepEqual(closedOf(second({ heardAt: monday + 23 * dayMs })), before(3))
    assert.deepEqual(closedOf(second({ heardAt: now })), all)
  })

  it('is not waited for where there is none yet, nor before the car was insured, nor from the week on in which that ended', () => {
    assert.deepEqual(closedOf(second({ heardAt: null })), all)
    const heardAt = monday + 23 * dayMs
    assert.deepEqual(closedOf(second({ heardAt, startsOn: dayOf(monday + 35 * dayMs) })), before(5))
    assert.deepEqual(closedOf(second({ heardAt, endsOn: dayOf(monday + 24 * dayMs) })), all)
  })

  it('is waited for from term to term', () => {
    const heardAt = monday + 23 * dayMs
    const [first, renewed] = [dayOf(monday + 27 * dayMs), dayOf(monday + 28 * dayMs)]
    assert.deepEqual(closedOf(second({ heardAt, endsOn: first }), second({ heardAt, startsOn: renewed })), before(3))
  })
})

describe('a box that falls silent', () => {
  const silent = [car(), car({ vehicleId: 'VEH-2', heardAt: monday + 2 * dayMs })]
  const assessed = (driven: Shape[], decided: RewardEvidence['joined'][number]['decided'] = null) =>
    assess(
      evidence(driven, {
        insured: silent,
        joined: catalogue.challenges.map(({ id }) => ({ challengeId: id, joinedAt: monday, decided })),
      }),
      catalogue,
      now,
    )
  const month = (of: ReturnType<typeof assess>) => ({
    isReached: of.achievements.some(({ id, reachedAt }) => id === 'calm-month' && reachedAt !== null),
    isHeld: of.holds.has('calm-month'),
  })

  it('gives no milestone and takes none back, as an event does', () => {
    assert.deepEqual(month(assessed([])), { isReached: false, isHeld: true })
    const eventful = Array.from({ length: weeks }, (_, week) => drive(7 * week, { events: [brake] }))
    assert.deepEqual(month(assessed(eventful)), { isReached: false, isHeld: false })
  })

  it('decides no challenge, leaves what was decided, and an event is seen all the same', () => {
    const decided = { state: 'reached' as const, decidedAt: monday + 14 * dayMs }
    const statesOf = ({ challenges }: ReturnType<typeof assess>) => new Set(challenges.map(({ state }) => state))
    assert.deepEqual(statesOf(assessed([])), new Set(['waiting']))
    assert.deepEqual(statesOf(assessed([], decided)), new Set(['reached']))
    assert.ok(statesOf(assessed([drive(1, { events: [brake] })], decided)).has('missed'))
  })
})

describe('a streak', () => {
  const streak = (driven: Shape[]) => assess(evidence(driven), catalogue, now).streak

  it('counts clean weeks, passes over weeks without driving, and begins anew with an event', () => {
    const every = Array.from({ length: weeks }, (_, week) => drive(7 * week))
    assert.deepEqual(streak(every), { weeks: weeks, paused: false })
    assert.deepEqual(streak(every.slice(0, 3)), { weeks: 3, paused: true })
    assert.deepEqual(streak([...every, drive(7, { hour: 12, events: [brake] })]), { weeks: weeks - 2, paused: false })
    assert.deepEqual(streak([...every, drive(7 * weeks, { events: [brake] })]), { weeks: 0, paused: false })
  })
})

describe('achievements', () => {
  const progress = (driven: Shape[], id: string) => {
    const found = assess(evidence(driven), catalogue, now).achievements.find((known) => known.id === id)
    return found && [found.done, found.of, found.reachedAt]
  }

  it('are reached by rows that an event begins anew', () => {
    const ten = Array.from({ length: 10 }, (_, n) => drive(n))
    assert.deepEqual(progress(ten, 'ten-clean-trips'), [10, 10, tripOf(drive(9), 0).endAt])
    assert.deepEqual(progress([...ten, drive(4, { hour: 9, events: [brake] })], 'ten-clean-trips'), [5, 10, null])
    assert.deepEqual(progress([drive(3, { events: [brake] })], 'calm-week'), [7, 7, monday + 11 * dayMs])
    assert.deepEqual(progress(ten, 'phone-away-30'), [10, 30, null])
  })
})

describe('challenges', () => {
  const standing = (driven: Shape[], id: string, at = now) =>
    assess(evidence(driven, { insured: [car({ heardAt: at })] }), catalogue, at).challenges.find(
      ({ challengeId }) => challengeId === id,
    )

  it('are reached by days without driving as well, and missed by an event', () => {
    assert.partialDeepStrictEqual(standing([], 'gentle-fortnight'), { state: 'reached', days: 14, points: 60 })
    assert.equal(standing([drive(3, { events: [brake] })], 'gentle-fortnight')?.state, 'missed')
    assert.equal(standing([drive(15, { events: [brake] })], 'gentle-fortnight')?.state, 'reached')
    assert.partialDeepStrictEqual(standing([], 'gentle-fortnight', monday + 5 * dayMs), { state: 'running', days: 5 })
    assert.equal(standing([], 'gentle-fortnight', monday + 15 * dayMs)?.state, 'waiting')
  })

  it('stay as they were decided once their trips are not looked at any more, and are judged anew before', () => {
    const [id, decidedAt] = ['gentle-fortnight', monday + 3 * dayMs]
    const joined = [{ challengeId: id, joinedAt: monday, decided: { state: 'missed', decidedAt } } as const]
    const stateFrom = (from: string) => assess(evidence([], { joined, from }), catalogue, now).challenges[0]
    assert.partialDeepStrictEqual(stateFrom(dayOf(monday + 7 * dayMs)), { state: 'missed', days: 3, decidedAt })
    assert.equal(stateFrom(dayOf(monday))?.state, 'reached')
  })

  it('by kilometres or days are reached by whichever comes first, for a badge', () => {
    const driven = [drive(0, { km: 60 }), drive(1, { km: 60 }), drive(2, { events: [brake] })]
    assert.partialDeepStrictEqual(standing(driven, 'hundred-smooth-km', monday + 3 * dayMs), {
      ...{ state: 'reached', gradableM: 100_000, points: 0 },
    })
  })
})

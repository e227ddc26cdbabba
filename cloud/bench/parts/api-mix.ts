import type { Lots } from '../../../scripts/chaos/lots.ts'

/** What a request of the mix is about: the newest that its answer may tell of is compared with what was announced. */
export type Told = 'score' | 'trend' | 'premium' | 'trips' | 'receipts' | null

/** One request of somebody, after a pause. */
export interface MixStep {
  /** Thinking before it, ms. */
  thinkMs: number
  path: string
  told: Told
}

interface Visit {
  path: (driver: string, trip: string) => string
  told?: Told
}

const of = (rest: string, told: Told = null): Visit => ({ path: (driver) => `/api/v1/drivers/${driver}${rest}`, told })
const ofTrip = (rest: string): Visit => ({ path: (_driver, trip) => `/api/v1/trips/${trip}${rest}` })

/** What each page asks for when it opens, as `dashboard/src/pages` asks; what names a receipt, a policy or a board is left out. */
const track = [ofTrip(''), ofTrip('/path'), ofTrip('/events')]
const pages = {
  dashboard: [
    ...[
      of('/notifications?limit=1'),
      of('/score', 'score'),
      of('/recommendations', 'score'),
      of('/premium', 'premium'),
    ],
    ...[of('/receipts?limit=1', 'receipts'), of(''), of('/trips?limit=20', 'trips'), ...track],
  ],
  score: [
    ...[
      of('/trips?limit=1', 'trips'),
      of('/score', 'score'),
      of('/reasons', 'score'),
      of('/breakdown', 'score'),
      of('/trend', 'trend'),
    ],
    ...[of('/comparison', 'score'), of('/recommendations', 'score'), of('/receipts?limit=1', 'receipts')],
  ],
  price: [of('/premium', 'premium'), of('/receipts', 'receipts')],
  trips: [of('/trips', 'trips')],
  trip: [...track, ofTrip('/premium')],
  rewards: [of('/rewards'), of('/rewards/entries')],
  notifications: [of('/notifications'), of('/notification-preferences')],
} as const satisfies Record<string, readonly Visit[]>
type PageName = keyof typeof pages

/**
 * Where people go from a page, in hundredths, as a session was recorded and then smoothed: to the dashboard and back, a look at the newest
 * trip, the score, the price; how often at points and messages is a guess. A dashboard that stays open is read anew.
 */
const next: Readonly<Record<PageName, readonly (readonly [PageName, number])[]>> = {
  dashboard: [
    ['dashboard', 36],
    ['trips', 19],
    ['trip', 14],
    ['score', 14],
    ['price', 9],
    ['rewards', 5],
    ['notifications', 3],
  ],
  score: [
    ['dashboard', 60],
    ['price', 20],
    ['score', 20],
  ],
  price: [
    ['dashboard', 70],
    ['score', 30],
  ],
  trips: [
    ['trip', 70],
    ['dashboard', 30],
  ],
  trip: [
    ['trips', 30],
    ['dashboard', 50],
    ['trip', 20],
  ],
  rewards: [['dashboard', 100]],
  notifications: [
    ['trip', 40],
    ['dashboard', 60],
  ],
}

/** Shortest pause on a page, and the mean of what is longer, ms. */
const think = { leastMs: 1_000, meanMs: 4_000 }

/** The session of a driver, without end: pages by lot, with pauses between them, the same for the same seed. */
export function* driverSession(lots: Lots, driver: { driverId: string; trip: () => string }): Generator<MixStep> {
  for (let page: PageName = 'dashboard'; ; page = pickPage(next[page], lots)) {
    let thinkMs = think.leastMs - Math.log(1 - lots.next()) * think.meanMs
    for (const { path, told = null } of pages[page] as readonly Visit[]) {
      yield { thinkMs, path: path(driver.driverId, driver.trip()), told }
      thinkMs = 0
    }
  }
}

/** What an admin looks at, over and over. */
const adminPages = [
  ...['/api/v1/admin/overview', '/api/v1/devices', '/api/v1/drivers', '/api/v1/drivers?limit=100'],
  ...['/api/v1/admin/models', '/api/v1/plans', '/api/v1/contests'],
]

/** The session of an admin, without end. */
export function* adminSession(lots: Lots): Generator<MixStep> {
  for (;;)
    yield { thinkMs: think.leastMs - Math.log(1 - lots.next()) * think.meanMs, path: lots.pick(adminPages), told: null }
}

function pickPage(from: readonly (readonly [PageName, number])[], lots: Lots): PageName {
  let left = lots.below(100)
  for (const [page, share] of from) {
    left -= share
    if (left < 0) return page
  }
  return 'dashboard'
}

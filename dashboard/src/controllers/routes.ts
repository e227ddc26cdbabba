/** Which page a path shows, with the ids in it. */
export type Route =
  | { page: 'dashboard' }
  | { page: 'score' }
  | { page: 'live' }
  | { page: 'trips' }
  | { page: 'trip'; tripId: string }
  | { page: 'price' }
  | { page: 'rewards' }
  | { page: 'notifications' }
  | { page: 'profile' }
  | { page: 'devices' }
  | { page: 'contests' }
  | { page: 'missing' }
  | { page: (typeof entryPages)[number] }
  | { page: (typeof adminPages)[number] }

/** Pages for who cannot log in: they are the same whoever is. */
const entryPages = ['forgotten-password', 'set-password'] as const
/** Pages of admins alone. */
const adminPages = [
  ...([
    'overview',
    'drivers',
    'policies',
    'rulings',
    'redemptions',
    'plans',
    'reports',
    'webhooks',
    'dead-messages',
    'users',
  ] as const),
] as const
const simplePages = new Set([
  ...(['score', 'live', 'trips', 'price', 'rewards', 'contests', 'notifications', 'profile', 'devices'] as const),
  ...adminPages,
  ...entryPages,
] as const)
type SimplePage = typeof simplePages extends Set<infer P> ? P : never

const isSimple = (name: string): name is SimplePage => (simplePages as Set<string>).has(name)

/** Whether a page is there before anybody is logged in. */
export const isEntry = ({ page }: Route): boolean => (entryPages as readonly string[]).includes(page)

/** The route of a path; unknown ones are the page `missing`. */
export function routeOf(path: string): Route {
  const [first = '', second, ...rest] = path.split('/').filter(Boolean)
  if (rest.length > 0) return { page: 'missing' }
  if (first === '') return { page: 'dashboard' }
  if (first === 'trips' && second) return decoded(second)
  return isSimple(first) && second === undefined ? { page: first } : { page: 'missing' }
}

function decoded(tripId: string): Route {
  try {
    return { page: 'trip', tripId: decodeURIComponent(tripId) }
  } catch {
    return { page: 'missing' } // a stray per cent sign
  }
}

/** The path of the contests, with one of them opened. */
export const contestPath = (contestId: string): string => `/contests?contest=${encodeURIComponent(contestId)}`

/** The path of a trip's page, with an event opened on it where one is named. */
export const tripPath = (tripId: string, eventId?: string): string =>
  `/trips/${encodeURIComponent(tripId)}${eventId ? `?event=${encodeURIComponent(eventId)}` : ''}`

const titles: Readonly<Record<Route['page'], string>> = {
  dashboard: 'Dashboard',
  score: 'Your score',
  live: 'Live',
  trips: 'Trips',
  trip: 'Trip',
  price: 'Price',
  rewards: 'Rewards',
  notifications: 'Notifications',
  profile: 'Profile',
  devices: 'Devices',
  contests: 'Contests',
  missing: 'Not found',
  overview: 'Overview',
  drivers: 'Drivers',
  policies: 'Policies',
  rulings: 'Rulings',
  redemptions: 'Redemptions',
  plans: 'Plans',
  reports: 'Reports',
  webhooks: 'Webhooks',
  'dead-messages': 'Dead messages',
  users: 'Users',
  'forgotten-password': 'A new password',
  'set-password': 'Choose a password',
}

/** What the browser calls a page in its tabs and its history. */
export const titleOf = ({ page }: Route): string => `${titles[page]} · Fairmile`

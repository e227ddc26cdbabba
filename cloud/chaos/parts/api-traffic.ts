/** What the clients of the API were answered. */
export interface ApiTraffic {
  requests: number
  /** 5xx, and connections that broke. */
  failed: number
  /** Answers that were older than a change that the same client had been told of. */
  stale: number
  /** Ends after what is under way. */
  stop: () => Promise<void>
}

interface TrafficOptions {
  http: string
  /** Of an admin. */
  token: string
  driverIds: readonly string[]
  /** Clients at once, each with drivers of its own. @default 4 */
  clients?: number
}

/** Reads drivers, trips and lists over and over; now and then renames a driver and looks whether the new name is told. */
export function startApiTraffic({ http, token, driverIds, clients = 4 }: TrafficOptions): ApiTraffic {
  const found = { requests: 0, failed: 0, stale: 0 }
  let ends = false

  async function ask(method: string, path: string, body?: object): Promise<Record<string, unknown> | null> {
    found.requests++
    try {
      const response = await fetch(http + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (response.status >= 500) found.failed++
      const answer = (await response.json()) as Record<string, unknown>
      return response.ok ? answer : null
    } catch {
      found.failed++
      return null
    }
  }

  async function client(own: readonly string[]): Promise<void> {
    for (let n = 0; !ends; n++) {
      const path = `/api/v1/drivers/${own[n % own.length]}`
      await Promise.all([ask('GET', path), ask('GET', `${path}/trips`), ask('GET', '/api/v1/drivers?limit=5')])
      if (n % 5 > 0) continue
      const name = `Renamed ${n}`
      const changed = await ask('PATCH', path, { name })
      const read = await ask('GET', path)
      if (changed && read && read.name !== name) found.stale++
    }
  }

  const share = Math.ceil(driverIds.length / clients)
  const running = Array.from({ length: clients }, (_, n) => client(driverIds.slice(n * share, (n + 1) * share)))
  return Object.assign(found, {
    stop: async () => {
      ends = true
      await Promise.all(running)
    },
  })
}

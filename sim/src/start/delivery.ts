import { setTimeout as sleep } from 'node:timers/promises'
import type { Premium } from '@fairmile/contract/http/pricing.ts'
import type { Score } from '@fairmile/contract/http/score.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { type AgentStatus, agentStatus } from './agent-status.ts'
import type { CloudApi } from './cloud-api.ts'

/** How often the outbox and the API are asked, and for how long at most. */
const ASK_EVERY_MS = 500
const GIVE_UP_MS = 90_000

/** What has arrived in the cloud. */
export interface Delivered {
  status: AgentStatus
  trips: Trip[]
  score: Score | null
  premium: Premium | null
  /** False where waiting was given up. */
  complete: boolean
}

/**
 * Waits until the agent's outbox is empty and acked, and the cloud has scored and priced the new trips; gives up after a
 * minute and a half and tells what is there.
 *
 * @param options `known` trips from before; `sinceMs` when driving began: scores and premiums must be younger
 */
export async function waitForDelivery(options: {
  root: string
  agentDir: string
  api: CloudApi
  driverId: string
  known: ReadonlySet<string>
  sinceMs: number
  signal: AbortSignal
}): Promise<Delivered> {
  const { api, driverId } = options
  const deadline = Date.now() + GIVE_UP_MS
  for (;;) {
    const status = await agentStatus(options.root, options.agentDir)
    const acked = Object.values(status.lanes).every(({ waiting }) => waiting === 0)
    const all = (await api.trips(driverId)).items
    const trips = all.filter(({ id, endAt }) => endAt !== null && !options.known.has(id))
    const [score, premium] = await Promise.all([api.score(driverId), api.premium(driverId)])
    const fresh = (at: string | undefined): boolean => at !== undefined && Date.parse(at) >= options.sinceMs
    const complete = acked && trips.length > 0 && fresh(score?.calculatedAt) && fresh(premium?.calculatedAt)
    if (complete || Date.now() > deadline) return { status, trips, score, premium, complete }
    await sleep(ASK_EVERY_MS, undefined, { signal: options.signal })
  }
}

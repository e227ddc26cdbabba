import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { Ack } from '@fairmile/contract/records.ts'
import { Registry } from 'prom-client'
import type { OpenDatabase } from '../src/db/open.ts'
import { createIngestCounters } from '../src/ingest/counters.ts'
import { createIngest, type IngestOptions } from '../src/ingest/ingest.ts'
import { createLog } from '../src/log.ts'

/** Wall clock of the tests: within the policies of `addDevice`. */
export const testNowMs = Date.UTC(2026, 5, 15)

/** An ingest over a real database whose acks (unless `publish` takes them) and live messages are gathered. */
export function startIngest(
  database: OpenDatabase,
  { publish, greet }: Pick<Partial<IngestOptions>, 'publish' | 'greet'> = {},
) {
  const acks: { topic: string; ack: Ack }[] = []
  const live: LiveMessage[] = []
  const counters = createIngestCounters(new Registry())
  const ingest = createIngest({
    database,
    publish: publish ?? (async (topic, payload) => void acks.push({ topic, ack: JSON.parse(payload) as Ack })),
    ...(greet && { greet }),
    live: { publish: (message) => void live.push(message) },
    counters,
    log: createLog({ level: 'silent' }),
    nowMs: () => testNowMs,
  })
  ingest.start()
  return { ingest, acks, live, counters }
}

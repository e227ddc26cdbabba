import type { Broker } from '../broker/broker.ts'
import type { DeviceMail } from '../devices/mail.ts'
import { createIngestCounters } from '../ingest/counters.ts'
import { createIngest } from '../ingest/ingest.ts'
import type { RoleContext } from './role.ts'

interface IngestRole {
  readonly broker: Broker
  readonly mail: DeviceMail
  /** Told after each commit: consumers of this process, if it has any. */
  readonly onCommitted: () => void
}

/**
 * Stores what the broker brings. It ends before the connection does: what came in is stored and acked by it. What comes meanwhile is
 * not taken and not acknowledged, so that it comes again, to a session that is kept or from the device.
 */
export function startIngest(context: RoleContext, { broker, mail, onCommitted }: IngestRole): void {
  const { database, metrics, log, hub, parts } = context
  const counters = createIngestCounters(metrics.registry)
  const { greet } = mail
  const ingest = createIngest({ database, publish: broker.publish, greet, live: hub, counters, log, onCommitted })
  broker.onMessage(ingest.take)
  broker.onRefused(ingest.refused)
  ingest.start()
  parts.defer(() => broker.close())
  parts.defer(() => ingest.stop())
}

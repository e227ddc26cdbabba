import { parseUpTopic } from '@fairmile/contract/topics.ts'
import type { BrokerMessage } from '../broker/broker.ts'
import type { Database } from '../db/database.ts'
import { createSchemaShelf } from '../schemas/schema-shelf.ts'
import { type Judged, judge, type Rejected } from './judge.ts'
import { createFindDevices } from './known-devices.ts'

/**
 * Judges messages side by side, in their order; what the broker refused is judged already. Messages of revoked devices are left out: a
 * broker elsewhere may let one go on for days, whose letters would push out those that it had in good standing.
 */
export type JudgeAll = (items: readonly (BrokerMessage | Rejected)[]) => Promise<Judged[]>

/** @param options.nowMs wall clock, UTC epoch milliseconds */
export function createJudgeAll({ db, nowMs }: { db: Database; nowMs: () => number }): JudgeAll {
  const findDevices = createFindDevices(db)
  const schemas = createSchemaShelf(db)
  return async (items) => {
    const ids = new Set(items.flatMap((item) => ('kind' in item ? [] : (parseUpTopic(item.topic)?.device ?? []))))
    const { known: devices, revoked } = await findDevices([...ids])
    const isHeard = (item: BrokerMessage | Rejected) =>
      'kind' in item || !revoked.has(parseUpTopic(item.topic)?.device ?? '')
    const heard = revoked.size === 0 ? items : items.filter(isHeard)
    const judgeEach = () => {
      const judging = { devices, nowMs: nowMs(), payloads: schemas.payloads }
      return Promise.all(heard.map((item) => ('kind' in item ? item : judge(item, judging))))
    }
    const judged = await judgeEach()
    // Nothing is asked for what this release knows: only a schema that it does not know may have been registered since.
    return judged.some(hasUnknownSchema) && (await schemas.learn()) ? judgeEach() : judged
  }
}

const hasUnknownSchema = (message: Judged): boolean =>
  message.kind === 'rejected' && message.reason === 'unknown_schema'

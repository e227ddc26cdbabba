import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { Redis } from 'ioredis'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createRedisFanOut } from '../src/redis/redis-fan-out.ts'
import { startRedis } from './redis-server.ts'

const log = createLog({ level: 'silent' })
const message = (risk: number): LiveMessage => ({
  type: 'risk_score_update',
  driverId: 'DRV-0001',
  at: 1,
  risk,
  intervalHalfWidth: 5,
  tripId: null,
})
/** A crash of a car that no policy covers. */
const ofNobody: LiveMessage = {
  ...{ type: 'safety_alert', driverId: null, deviceId: 'DEV-1', at: 1, kind: 'crash', band: 'count', value: 55 },
  ...{ eventId: 'EVT-1', tripId: 'TRP-1' },
}

describe('the Redis fan-out', async () => {
  const { url, gone, close } = await startRedis()
  after(close)

  it('brings a message to every process, the one that sent it too', async () => {
    const metrics = createMetrics()
    const fanOuts = [1, 2].map(() => createRedisFanOut({ url, dropped: metrics.liveDropped, log }))
    const heard = fanOuts.map(
      (fanOut) => new Promise<LiveMessage>((resolve) => fanOut.listen((found) => resolve(found))),
    )
    // Nothing is kept for who is not there yet: say it until both have heard.
    let risk = 0
    const again = setInterval(() => fanOuts[0]?.publish(message(risk++)), 20)
    const types = (await Promise.all(heard)).map(({ type }) => type)
    clearInterval(again)
    assert.deepEqual(types, ['risk_score_update', 'risk_score_update'])
    for (const fanOut of fanOuts) await fanOut.close()
  })

  it('drops and counts what others write on its channel', async () => {
    const metrics = createMetrics()
    const fanOut = createRedisFanOut({ url, dropped: metrics.liveDropped, log })
    const heard: LiveMessage[] = []
    const first = Promise.withResolvers<void>()
    fanOut.listen((found) => {
      heard.push(found)
      first.resolve()
    })
    const other = new Redis(url)
    const foreign = ['{', 'null', '"text"', '{"type":"pricing_update"}', '{"type":"elsewhere","driverId":"DRV-0001"}']
    while ((await other.publish('fairmile:live', foreign[0] ?? '')) === 0) await nextTurn()
    for (const text of foreign.slice(1)) await other.publish('fairmile:live', text)
    await other.publish('fairmile:live', JSON.stringify(ofNobody))
    await first.promise
    assert.deepEqual(heard, [ofNobody])
    const [counted] = (await metrics.liveDropped.get()).values
    assert.deepEqual([counted?.value, counted?.labels.reason], [foreign.length, 'foreign'])
    other.disconnect()
    await fanOut.close()
  })

  it('drops and counts messages while Redis is away, and never throws', async () => {
    const metrics = createMetrics()
    const fanOut = createRedisFanOut({ url: gone, dropped: metrics.liveDropped, log })
    fanOut.publish(message(1))
    const counted = await metrics.liveDropped.get()
    assert.deepEqual(
      counted.values.map(({ value, labels }) => [value, labels.reason]),
      [[1, 'redis']],
    )
    await fanOut.close()
  })
})

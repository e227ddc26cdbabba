import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { Redis } from 'ioredis'
import type { Letter } from '../src/live/letter.ts'
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
/** A message as another process writes it on a channel. */
const written = (sent: LiveMessage) => randomUUID() + JSON.stringify(sent)
/** A crash of a car that no policy covers. */
const ofNobody: LiveMessage = {
  ...{ type: 'safety_alert', driverId: null, deviceId: 'DEV-1', at: 1, kind: 'crash', band: 'count', value: 55 },
  ...{ eventId: 'EVT-1', tripId: 'TRP-1' },
}

describe('the Redis fan-out', async () => {
  const { url, gone, kill, start, close } = await startRedis()
  after(() => close())

  const open = (address = url) => {
    const metrics = createMetrics()
    const fanOut = createRedisFanOut({ url: address, dropped: metrics.liveDropped, log })
    after(() => fanOut.close())
    return { fanOut, metrics }
  }
  const other = new Redis(url, { retryStrategy: () => 10 }).on('error', () => undefined)
  after(() => other.disconnect())
  const read = ({ data }: Letter) => JSON.parse(data.toString()) as LiveMessage
  /** Waits until so many connections hear a driver's channel, or so many all of them. */
  const untilHeard = async ({ driver = 0, all = 0 }) => {
    const counts = async () => [
      (await other.pubsub('NUMSUB', 'fairmile:live:DRV-0001'))[1],
      await other.pubsub('NUMPAT'),
    ]
    while (String(await counts()) !== String([driver, all])) await nextTurn()
  }

  /** Waits until what is published leaves the process. */
  const untilSends = async ({ fanOut, metrics }: ReturnType<typeof open>) => {
    const stayed = async () => (await metrics.liveDropped.get()).values[0]?.value ?? 0
    for (let before = -1; before !== (await stayed()); await nextTurn()) {
      before = await stayed()
      fanOut.publish({ ...message(0), driverId: 'DRV-0009' } as LiveMessage)
    }
  }

  it('brings a message to every process that has the driver, or sees all, once, and to no other', async () => {
    const [sending, driving, watching, elsewhere] = [open(), open(), open(), open()]
    const heard: string[] = []
    const told = Promise.withResolvers<void>()
    const note = (who: string) => (letter: Letter) => {
      if (read(letter).driverId === 'DRV-0009') return // of the wait for the line
      heard.push(`${who} ${read(letter).type}`)
      if (heard.length === 4) told.resolve()
    }
    const ends = [
      driving.fanOut.listen('DRV-0001', note('driver')),
      watching.fanOut.listen('DRV-0001', note('both')),
      watching.fanOut.listen(null, note('all')),
      elsewhere.fanOut.listen('DRV-0002', note('other')),
    ]
    await untilHeard({ driver: 2, all: 1 })
    await untilSends(sending)
    sending.fanOut.publish(message(1))
    sending.fanOut.publish(ofNobody)
    await told.promise
    assert.deepEqual(heard.sort(), [
      'all risk_score_update',
      'all safety_alert',
      'both risk_score_update',
      'driver risk_score_update',
    ])
    for (const end of ends) end()
    await untilHeard({ driver: 0, all: 0 })
  })

  it('drops and counts what others write on its channels', async () => {
    const { fanOut, metrics } = open()
    const heard: LiveMessage[] = []
    const last = Promise.withResolvers<void>()
    const end = fanOut.listen('DRV-0001', (letter) => {
      heard.push(read(letter))
      last.resolve()
    })
    await untilHeard({ driver: 1 })
    const elsewhere = written({ ...message(1), driverId: 'DRV-0002' } as LiveMessage)
    const texts = ['{', 'null', '"text"', '{"type":"pricing_update"}', '{"type":"x","driverId":"DRV-0001"}']
    const foreign = ['{', JSON.stringify(message(1)), ...texts.map((text) => randomUUID() + text), elsewhere]
    for (const text of foreign) await other.publish('fairmile:live:DRV-0001', text)
    await other.publish('fairmile:live:DRV-0001', written(message(2)))
    await last.promise
    assert.deepEqual(heard, [message(2)])
    const [counted] = (await metrics.liveDropped.get()).values
    assert.deepEqual([counted?.value, counted?.labels.reason], [foreign.length, 'foreign'])
    end()
  })

  it('keeps messages in this process while Redis is away, and counts them', async () => {
    const { fanOut, metrics } = open(gone)
    const heard: string[] = []
    fanOut.listen('DRV-0001', (letter) => heard.push(`driver ${read(letter).type}`))
    fanOut.listen(null, (letter) => heard.push(`all ${read(letter).type}`))
    fanOut.publish(message(1))
    fanOut.publish(ofNobody)
    assert.deepEqual(heard, ['driver risk_score_update', 'all risk_score_update', 'all safety_alert'])
    const counted = await metrics.liveDropped.get()
    assert.deepEqual(
      counted.values.map(({ value, labels }) => [value, labels.reason]),
      [[2, 'redis']],
    )
  })

  it('hears again when Redis comes back', async () => {
    const { fanOut } = open()
    const heard = Promise.withResolvers<LiveMessage>()
    fanOut.listen('DRV-0001', (letter) => heard.resolve(read(letter)))
    await untilHeard({ driver: 1 })
    await kill()
    await start()
    await once(other, 'ready')
    await untilHeard({ driver: 1 })
    await other.publish('fairmile:live:DRV-0001', written(message(3)))
    assert.deepEqual(await heard.promise, message(3))
  })
})

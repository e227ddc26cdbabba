import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { until } from '../chaos/parts/until.ts'
import { createTickets } from '../src/live/tickets.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createRedisFanOut } from '../src/redis/redis-fan-out.ts'
import { createRedisTickets } from '../src/redis/redis-tickets.ts'
import { startRedis } from './redis-server.ts'
import { openSilentDoor } from './silent-door.ts'

const log = createLog({ level: 'silent' })
const message = (risk: number): LiveMessage => ({
  ...{ type: 'risk_score_update', driverId: 'DRV-0001', at: 1, risk, intervalHalfWidth: 5, tripId: null },
})

describe('a Redis that does not answer', async () => {
  const server = await startRedis()
  after(() => server.close())

  /** The fan-out of one more process, with what it hears of the driver. */
  const openFanOut = (url = server.url) => {
    const { liveDropped } = createMetrics()
    const fanOut = createRedisFanOut({ url, dropped: liveDropped, log })
    after(() => fanOut.close())
    const heard: number[] = []
    fanOut.listen('DRV-0001', ({ data }) => heard.push(JSON.parse(data.toString()).risk))
    const dropped = async () => (await liveDropped.get()).values.reduce((sum, { value }) => sum + value, 0)
    return { ...fanOut, heard, dropped }
  }
  const openTickets = (url = server.url) => {
    const store = createRedisTickets({ url, log })
    after(() => store.close())
    return createTickets({ store })
  }
  let sent = 1000
  /** Publishes until another process hears it, and hears the last: none is on its way any more. */
  const untilHeard = async (from: ReturnType<typeof openFanOut>, by: ReturnType<typeof openFanOut>) => {
    const before = sent
    await until('Redis to have its effect', () => {
      from.publish(message(++sent))
      return by.heard.some((risk) => risk > before)
    })
    await until('the last to be heard', () => by.heard.includes(sent))
  }
  /** Issues until another process takes a ticket. */
  const untilTaken = (from: ReturnType<typeof openTickets>, by: ReturnType<typeof openTickets>) =>
    until('Redis to have its effect', async () => (await by.redeem((await from.issue('a.b.c')).ticket)) !== null)
  /** What is done while the server does nothing. */
  const stopped = async (work: () => Promise<void>) => {
    process.kill(server.pid(), 'SIGSTOP')
    try {
      await work()
    } finally {
      process.kill(server.pid(), 'SIGCONT')
    }
  }

  it('keeps no message from the process’s own sockets, each hears it once, and the others’ are counted', async () => {
    const [here, there] = [openFanOut(), openFanOut()]
    await untilHeard(here, there)
    await stopped(async () => {
      const [heard, dropped] = [here.heard.length, await here.dropped()]
      here.publish(message(1))
      assert.deepEqual(here.heard.slice(heard), [1])
      await until('Redis to have its effect', async () => (await here.dropped()) === dropped + 1)
    })
    await untilHeard(here, there)
    assert.equal(here.heard.filter((risk) => risk === 1).length, 1)
  })

  it('holds no ticket up: it is good for who issued it, once, and for nobody when Redis goes on', async () => {
    const [here, there] = [openTickets(), openTickets()]
    await untilTaken(here, there)
    let kept: string[] = []
    await stopped(async () => {
      kept = await Promise.all([1, 2, 3, 4].map(async () => (await here.issue('a.b.c')).ticket))
      assert.equal(await there.redeem(kept[0] ?? ''), null)
      assert.equal(await here.redeem(kept[1] ?? ''), 'a.b.c')
    })
    await untilTaken(here, there)
    assert.deepEqual(await Promise.all(kept.map((ticket) => there.redeem(ticket))), [null, null, null, null])
    assert.deepEqual(await Promise.all(kept.map((ticket) => here.redeem(ticket))), ['a.b.c', null, 'a.b.c', 'a.b.c'])
  })

  it('is reached anew where connections have gone silent and new ones work', async () => {
    const door = await openSilentDoor(server.url)
    after(() => door.close())
    const [here, there] = [openFanOut(door.url), openFanOut()]
    const [issues, takes] = [openTickets(door.url), openTickets()]
    await untilHeard(here, there)
    await untilTaken(issues, takes)
    const dropped = await here.dropped()
    door.silence()
    here.publish(message(2))
    await untilTaken(issues, takes)
    await untilHeard(here, there)
    await untilHeard(there, here)
    assert.ok((await here.dropped()) > dropped)
    assert.equal(here.heard.filter((risk) => risk === 2).length, 1)
  })

  it('is reached anew where a connection stands and is never ready', async () => {
    const door = await openSilentDoor(server.url, { silentAtFirst: 2 })
    after(() => door.close())
    const [here, there] = [openFanOut(door.url), openFanOut()]
    await untilHeard(here, there)
    await untilHeard(there, here)
    assert.ok(door.made() >= 4)
  })
})

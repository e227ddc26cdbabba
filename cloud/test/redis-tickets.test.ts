import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { createTickets } from '../src/live/tickets.ts'
import { createLog } from '../src/log.ts'
import { createRedisTickets } from '../src/redis/redis-tickets.ts'
import { startRedis } from './redis-server.ts'

const log = createLog({ level: 'silent' })

describe('tickets over Redis', async () => {
  const server = await startRedis()
  const other = new Redis(server.url)
  after(async () => {
    other.disconnect()
    await server.close()
  })
  const open = (url: string) => {
    const store = createRedisTickets({ url, log })
    after(() => store.close())
    return createTickets({ store })
  }

  it('are taken by any process, once, and are gone from Redis by themselves', async () => {
    const [one, two] = [open(server.url), open(server.url)]
    let issued = await one.issue('a.b.c')
    // Until the connection is there they stay with who issued them.
    while ((await other.dbsize()) === 0) {
      await nextTurn()
      issued = await one.issue('a.b.c')
    }
    const [key = ''] = await other.keys('*')
    assert.ok((await other.pttl(key)) > 0)
    const redeemed = await Promise.all([1, 2, 3].map(() => two.redeem(issued.ticket)))
    assert.deepEqual(redeemed.sort(), ['a.b.c', null, null].sort())
    assert.equal(await one.redeem(issued.ticket), null)
  })

  it('are good for the process that issued them while Redis is away', async () => {
    const tickets = open(server.gone)
    const { ticket } = await tickets.issue('a.b.c')
    assert.equal(await tickets.redeem(ticket), 'a.b.c')
    assert.equal(await tickets.redeem(ticket), null)
  })
})

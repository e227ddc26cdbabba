/**
 * One broker in a process of its own, to be attacked: `node --expose-gc broker-child.ts ours|stock|naive`. It tells its port, and
 * when asked what it holds after a collection and how many errors nobody caught.
 */
import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { parser } from 'mqtt-packet'
import { Registry } from 'prom-client'
import { createBrokerCounters } from '../../src/broker/counters.ts'
import { createEmbeddedBroker } from '../../src/broker/embedded.ts'
import { createLog } from '../../src/log.ts'

let uncaught = 0
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => uncaught++)

const counters = createBrokerCounters(new Registry())
const starts: Record<string, () => Promise<number>> = { ours, stock, naive }

/** The cloud's own: every device that names itself with the password "secret" may come in. */
async function ours(): Promise<number> {
  const broker = createEmbeddedBroker({
    ...{ host: '127.0.0.1', port: 0, tls: null, cloudPassword: null, counters },
    authenticate: async (_id, proof) => 'password' in proof && proof.password === 'secret',
    log: createLog({ level: 'silent' }),
  })
  broker.onMessage(async () => {})
  return Number(new URL(await broker.start()).port)
}

/** What stands behind it, as it comes. */
async function stock(): Promise<number> {
  const aedes = await Aedes.createBroker()
  return listen(createServer((socket) => void aedes.handle(socket)))
}

/** Who trusts the wire: the packet parser, and nothing that looks after its errors. */
async function naive(): Promise<number> {
  return listen(
    createServer((socket) => {
      const packets = parser()
      socket.on('error', () => {})
      socket.on('data', (bytes) => void packets.parse(bytes))
    }),
  )
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return address && typeof address === 'object' ? address.port : 0
}

process.on('message', () => {
  // What the heap has set aside for later counts as held otherwise.
  global.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  process.send?.({ rss, heldBytes: heapUsed + arrayBuffers, uncaught })
})
process.send?.({ port: await starts[process.argv[2] ?? 'ours']?.() })

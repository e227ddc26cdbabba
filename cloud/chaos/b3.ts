/**
 * B3: a million MQTT packets, each damaged, by strangers and by a device that is logged in. Claim: no error is left uncaught, the
 * broker goes on taking devices, and afterwards it holds within 10 % of what it held when it was warm.
 *
 * The control is a server that gives the bytes to the packet parser as they are. It must fail.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { type AttackedBroker, startAttackedBroker } from './parts/attacked-broker.ts'
import { goodLogin, mutatedPacket } from './parts/mutated-packets.ts'
import { openSite } from './parts/site.ts'

const mostGrowth = 0.1
/** Caches and the allocator's own store fill in so many packets more, and this share of the runs; memory is compared with what it was then. */
const leastWarmUp = 50_000
const warmUpShare = 0.3
/** Connections at a time. */
const attackers = 16
/** Packets of one connection, if it lasts so long. */
const mostOfOne = 16
/** A broker that has not closed what it does not like waits for more of it: it is left then, ms. */
const patienceMs = 25

const options = chaosOptions({
  id: 'B3',
  claim: 'Damaged MQTT packets: no uncaught error, and memory as before.',
  control: 'a packet parser on a socket, and nothing else',
  runs: 1_000_000,
  of: 'packets',
})
const { runs, say } = options
const lots = createLots(options.seed)
await using site = openSite()
const broker = await startAttackedBroker(site, options.control ? 'naive' : 'ours')

let sent = 0
let connections = 0
const warmUp = Math.max(leastWarmUp, runs * warmUpShare)
await sendUpTo(options.control ? 0 : warmUp)
const before = await settled(broker)
sent = 0
while (sent < runs && broker.alive) {
  await sendUpTo(Math.min(runs, sent + Math.ceil(runs / 10)))
  say(`${sent} packets on ${connections} connections, ${Math.round(broker.rss() / 1024 ** 2)} MiB`)
}
const after = await settled(broker)
const growth = Math.round((after.heldBytes / before.heldBytes - 1) * 1000) / 1000
const rssGrowth = Math.round((after.rss / before.rss - 1) * 1000) / 1000
const serves = options.control || (await takesDevices())
const passed = after.uncaught === 0 && growth <= mostGrowth && rssGrowth <= mostGrowth && serves && broker.alive
if (growth > mostGrowth || rssGrowth > mostGrowth) {
  const why = warmUp > leastWarmUp ? '' : '; after so few packets (--runs) it may only be warming up'
  say(`it grew by more than ${mostGrowth}${why}`)
}
verdict('B3', options, passed, {
  ...{ connections, uncaught: after.uncaught, growth, rssGrowth, mostGrowth, serves },
  heldMb: Math.round(after.heldBytes / 1024 ** 2),
})

async function sendUpTo(count: number): Promise<void> {
  const one = async (): Promise<void> => {
    while (sent < count && broker.alive) await attack(count)
  }
  await Promise.all(Array.from({ length: attackers }, one))
}

/** One connection: often with a log-in first, then damaged packets until it is closed or has sent enough. */
async function attack(count: number): Promise<void> {
  connections++
  const socket: Socket = connect(broker.port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  if (lots.chance(0.7)) socket.write(goodLogin)
  for (let n = 0; n < mostOfOne && sent < count && !socket.destroyed; n++) {
    socket.write(mutatedPacket(lots))
    sent++
    if (n % 8 === 7) await new Promise(setImmediate)
  }
  socket.end()
  await Promise.race([closed, wait(patienceMs)])
  socket.destroy()
}

/** What it holds once the last connections are gone. */
async function settled(of: AttackedBroker) {
  await wait(1_000)
  return of.measure()
}

/** A device that behaves is let in. */
async function takesDevices(): Promise<boolean> {
  const socket = connect(broker.port, '127.0.0.1')
  socket.write(goodLogin)
  const [answer] = (await Promise.race([once(socket, 'data'), wait(5_000, [Buffer.alloc(0)])])) as [Buffer]
  socket.destroy()
  return answer.equals(Buffer.from([0x20, 2, 0, 0]))
}

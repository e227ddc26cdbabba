/**
 * B4: a thousand sockets that log in as nobody announce packets of 256 MiB and send as fast as they may. Claim: the broker takes
 * at most 64 MiB more memory meanwhile, and has closed every one of them within 10 s of its opening.
 *
 * The control is aedes as it comes, without the guard in front. It must fail.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { startAttackedBroker } from './parts/attacked-broker.ts'
import { openSite } from './parts/site.ts'

const mostGrowthMb = 64
const mostOpenMs = 10_000
/** Sockets that are opened at a time: the kernel's queue of those not accepted yet is no part of the claim. */
const atOnce = 100
/** What one sends at most: enough for a broker that takes it all to show, and no more than this machine has. */
const mostSentBytes = 1024 * 1024
/** Beyond this a socket counts as never closed, ms. */
const patienceMs = 15_000
const lookMs = 20
const mib = 1024 * 1024

const options = chaosOptions({
  id: 'B4',
  claim: 'Strangers that announce 256 MiB: at most 64 MiB more memory, all closed within 10 s.',
  control: 'aedes as it comes',
  runs: 1_000,
  of: 'sockets',
})
const { runs, say } = options
const lots = createLots(options.seed)
await using site = openSite()
const broker = await startAttackedBroker(site, options.control ? 'stock' : 'ours')
const filler = Buffer.alloc(64 * 1024, 0x41)
/** Of the first byte: a CONNECT, or a PUBLISH from someone who is nobody yet; then "remaining length" 268,435,455. */
const heads = [0x10, 0x30].map((first) => Buffer.from([first, 0xff, 0xff, 0xff, 0x7f]))

const before = (await broker.measure()).rss
let peak = before
const looking = setInterval(() => {
  peak = Math.max(peak, broker.rss())
}, lookMs)
const openMs: number[] = []
const open: Promise<void>[] = []
for (let n = 0; n < runs; n++) {
  open.push(attack())
  if (n % atOnce === atOnce - 1) await wait(lookMs)
}
await Promise.all(open)
clearInterval(looking)
const growthMb = Math.round(((peak - before) / mib) * 10) / 10
const longestMs = Math.round(Math.max(...openMs))
const closed = openMs.filter((ms) => ms <= mostOpenMs).length
const { uncaught } = await broker.measure()
say(`${runs} sockets: ${growthMb} MiB more, the last closed after ${longestMs} ms`)
const passed = growthMb <= mostGrowthMb && closed === runs && uncaught === 0 && broker.alive
verdict('B4', options, passed, { growthMb, mostGrowthMb, closed, longestMs, uncaught })

/** Opens one socket, announces and sends until it is closed or patience ends. */
async function attack(): Promise<void> {
  const socket: Socket = connect(broker.port, '127.0.0.1')
  socket.on('error', () => undefined) // being cut off is what it is for
  const startedMs = performance.now()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.write(lots.pick(heads))
  let sent = 0
  const more = (): void => {
    while (sent < mostSentBytes && !socket.destroyed) {
      sent += filler.length
      if (!socket.write(filler)) return void socket.once('drain', more)
    }
  }
  more()
  await Promise.race([closed, wait(patienceMs, false, { ref: false })])
  openMs.push(performance.now() - startedMs)
  socket.destroy()
}

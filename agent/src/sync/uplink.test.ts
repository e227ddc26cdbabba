import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Lane } from '@fairmile/contract/topics.ts'
import { type After, after } from '../clock.ts'
import type { Log } from '../log.ts'
import { createFakeAfter } from '../outbox/example-records.ts'
import type { StoredBatch, Stretch } from '../outbox/store.ts'
import { ackTimeoutMs, createUplink, maxInFlight, maxInFlightFirst } from './uplink.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log

const begin = (batches: StoredBatch[], { after }: { after?: After } = {}) => {
  const sent: string[] = []
  const wanted: Stretch[] = []
  const timer = createFakeAfter()
  const uplink = createUplink({
    device: 'DEV-1',
    outbox: {
      nextBatch: (lane, afterId) => batches.find((batch) => batch.lane === lane && batch.id > afterId) ?? null,
      acknowledge({ boot, lane, from = 0, upTo }) {
        const kept = batches.filter((b) => b.boot !== boot || b.lane !== lane || b.firstSeq < from || b.lastSeq > upTo)
        batches.splice(0, batches.length, ...kept)
      },
    },
    stretches: () => wanted,
    publish: async (topic, payload) => void sent.push(`${topic.split('/').at(-1)} ${payload}`),
    after: after ?? timer.after,
    log: quiet,
  })
  const ack = (lane: Lane, upTo: number) =>
    uplink.ack(Buffer.from(JSON.stringify({ boot: 1, lane, upTo, rejected: [] })))
  return { uplink, sent, timer, ack, batches, wanted }
}

const batch = (id: number, lane: Lane, size = 1): StoredBatch => ({
  id,
  lane,
  boot: 1,
  firstSeq: id,
  lastSeq: id,
  wire: 1,
  thinned: 0,
  dropped: 0,
  fromAt: null,
  toAt: null,
  bytes: Buffer.alloc(size, String(id)),
})

describe('createUplink', () => {
  it('sends nothing without a connection, then the worthiest lane first', () => {
    const { uplink, sent } = begin([batch(1, 'telematics'), batch(2, 'urgent'), batch(3, 'trips')])
    uplink.wake()
    assert.deepEqual(sent, [])
    uplink.connected()
    assert.deepEqual(sent, ['urgent 2', 'trips 3', 'telematics 1'])
  })

  it('deletes nothing that was never sent, whatever is acked', () => {
    const { uplink, ack, batches } = begin(
      Array.from({ length: maxInFlight + 5 }, (_, i) => batch(i + 1, 'telematics')),
    )
    ack('telematics', 1_000_000)
    assert.equal(batches.length, maxInFlight + 5)
    uplink.connected()
    ack('telematics', 1_000_000)
    assert.deepEqual([batches.length, batches[0]?.id], [5, maxInFlight + 1])
  })

  it('keeps a window of unacked batches of the backlog, and lets an alert go before it at once', () => {
    const backlog = Array.from({ length: maxInFlight + 5 }, (_, i) => batch(i + 1, 'telematics'))
    const { uplink, sent, ack, batches } = begin(backlog)
    uplink.connected()
    assert.equal(sent.length, maxInFlight)
    batches.push(batch(99, 'urgent', 2))
    uplink.wake()
    assert.equal(sent[maxInFlight], 'urgent 99')
    assert.equal(sent.length, maxInFlight + 1)
    ack('telematics', 2)
    assert.equal(sent.length, maxInFlight + 3)
  })

  it('keeps a window of what goes before the backlog, too, and goes on with the backlog beside it', () => {
    const first = Array.from({ length: maxInFlightFirst + 3 }, (_, i) => batch(i + 1, 'trips'))
    const { uplink, sent } = begin([...first, batch(90, 'telematics', 2)])
    uplink.connected()
    assert.equal(sent.length, maxInFlightFirst + 1)
    assert.equal(sent.at(-1), 'telematics 90')
  })

  it('sends nothing of raw that nobody asked for', () => {
    const { uplink, sent, wanted } = begin([batch(1, 'raw')])
    uplink.connected()
    assert.deepEqual(sent, [])
    wanted.push({ from: 0, to: 1 })
    uplink.wake()
    assert.deepEqual(sent, ['raw 1'])
  })

  it('takes an ack of a piece for that piece alone', () => {
    const { uplink, wanted, batches } = begin([batch(1, 'raw'), batch(2, 'raw')])
    wanted.push({ from: 0, to: 1 })
    uplink.connected()
    uplink.ack(Buffer.from(JSON.stringify({ boot: 1, lane: 'raw', from: 2, upTo: 2, rejected: [] })))
    assert.deepEqual([uplink.isOnItsWay(1), uplink.isOnItsWay(2)], [true, false])
    assert.deepEqual(
      batches.map(({ id }) => id),
      [1],
    )
  })

  it('keeps fewer of large ones', () => {
    const { uplink, sent } = begin(Array.from({ length: 9 }, (_, i) => batch(i + 1, 'telematics', 64 * 1024)))
    uplink.connected()
    assert.equal(sent.length, 2)
  })

  it('sends everything unacked again when the cloud keeps silent, and not what is acked', () => {
    const { uplink, sent, timer, ack } = begin([batch(1, 'trips'), batch(2, 'trips')])
    uplink.connected()
    ack('trips', 1)
    assert.equal(timer.waitsMs(), ackTimeoutMs)
    timer.ring()
    assert.deepEqual(sent, ['trips 1', 'trips 2', 'trips 2'])
    assert.equal(uplink.counters.timeouts, 1)
    ack('trips', 2)
    assert.equal(timer.waitsMs(), null)
  })

  it('waits no longer for one lane because another is acked', ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const { uplink, sent, ack, batches } = begin([batch(1, 'trips'), batch(2, 'telematics')], { after })
    uplink.connected()
    for (let id = 2; id < 4; id++) {
      mock.timers.tick(ackTimeoutMs - 1_000)
      ack('telematics', id)
      batches.push(batch(id + 1, 'telematics'))
      uplink.wake()
    }
    assert.equal(sent.filter((one) => one === 'trips 1').length, 2)
    uplink.stop()
  })

  it('waits anew for the next once the one that waited longest is acked', ({ mock }) => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const { uplink, sent, ack } = begin([batch(1, 'telematics'), batch(2, 'telematics')], { after })
    uplink.connected()
    mock.timers.tick(ackTimeoutMs - 1_000)
    ack('telematics', 1)
    mock.timers.tick(ackTimeoutMs - 1_000)
    assert.deepEqual(sent, ['telematics 1', 'telematics 2'])
    mock.timers.tick(1_000)
    assert.deepEqual(sent.slice(2), ['telematics 2'])
    uplink.stop()
  })

  it('sends everything again on a new connection', () => {
    const { uplink, sent } = begin([batch(1, 'trips')])
    uplink.connected()
    uplink.disconnected()
    uplink.wake()
    uplink.connected()
    assert.deepEqual(sent, ['trips 1', 'trips 1'])
  })
})

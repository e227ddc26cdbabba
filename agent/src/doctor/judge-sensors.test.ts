import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fix } from '../sensors.ts'
import { type Heard, hear } from './hear.ts'
import { judgeClock } from './judge-clock.ts'
import { judgeGnss } from './judge-gnss.ts'

const fix: Fix = {
  tMs: 1000,
  utcMs: 5_000_000,
  lat: 49,
  lon: 12,
  altM: 300,
  speedMps: 0,
  courseDeg: null,
  hdop: 0.9,
  satellites: 9,
  mode: 3,
}

/** What is heard of one fix, at second 1.2 of the monotonic clock when the computer's says 4,998.2 s. */
const heardOf = (changes: Partial<Fix> | null): Promise<Heard> =>
  hear(
    async (sink) => {
      if (changes) sink.fix({ ...fix, ...changes })
      else sink.trouble('gnss', 'no such port')
    },
    { wallMs: () => 4_998_200, monotonicMs: () => 1200 },
  )

test('judgeGnss tells a fix, a weak one, none yet, and a receiver that is not there', async () => {
  const judged = async (changes: Partial<Fix> | null) => judgeGnss(await heardOf(changes), 'receiver')
  assert.deepEqual(await judged({}), {
    result: 'ok',
    detail: 'receiver: 3D fix, 9 satellites, HDOP 0.9, 1 fixes heard',
  })
  assert.equal((await judged({ hdop: 7 })).result, 'warning')
  assert.match((await judged({ lat: null, lon: null, mode: 1 })).detail, /view of the sky/)
  assert.deepEqual(await judged(null), { result: 'failed', detail: 'no such port' })
})

test('judgeClock compares the computer with GNSS, to the moment that a fix was valid', async () => {
  const { clockLagMs } = await heardOf({})
  assert.equal(clockLagMs, 2000)
  const judge = (lagMs: number | null, nowMs = 2e12) => judgeClock({ nowMs, buildMs: 1e12, lagMs, ntp: true })
  assert.equal(judge(clockLagMs).result, 'ok')
  assert.match(judge(2500).detail, /2\.5 s behind GNSS/)
  assert.match(judge(-90_000).detail, /90\.0 s ahead of GNSS/)
  assert.equal(judge(-90_000).result, 'warning')
  assert.equal(judge(null, 0).result, 'failed')
  assert.match(judge(null).detail, /no time from GNSS.*kept by NTP/)
})

test('hear listens on until a receiver whose baud rate is to be found has spoken, and no longer', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const listen = async (spokenMs: number): Promise<number> => {
    let ms = 0
    let open = true
    const done = hear(
      async (sink, signal) => {
        while (!signal.aborted) {
          ms += 1000
          if (ms === spokenMs) sink.fix(fix)
          t.mock.timers.tick(1000)
        }
        open = false
      },
      { wallMs: () => 0, monotonicMs: () => 0, huntsBaud: true },
    )
    await done
    assert.equal(open, false)
    return ms
  }
  assert.equal(await listen(2000), 6000)
  assert.equal(await listen(14_000), 14_000)
  assert.equal(await listen(0), 26_000)
})

/** The clients of the API bench, a process of their own: told what to ask by messages, they answer with what they measured. */
import { getBytes, type KeepAlive, openKeepAlive } from './keep-alive.ts'
import { atPace } from './pace.ts'

/** Asks the same things over and over. */
export interface ApiLoad {
  address: string
  questions: readonly { path: string; token: string }[]
  connections: number
  seconds: number
  /** So many a second, counted from when each was due; null: one after the other, as fast as it goes. */
  perS: number | null
}

/** Milliseconds of all answers, and how many of them were no 200. */
export interface ApiMeasured {
  requests: number
  perS: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  failed: number
  /** Answers that were given again. */
  hits: number
}

process.on('message', (message: ApiLoad | 'end') => {
  if (message === 'end') process.exit(0)
  run(message).then((measured) => process.send?.(measured))
})

async function run({ address, questions, connections, seconds, perS }: ApiLoad): Promise<ApiMeasured> {
  const { host } = new URL(address)
  const bytes = questions.map((question) => getBytes({ host, ...question }))
  const lines = await Promise.all(Array.from({ length: connections }, () => openKeepAlive(address)))
  const found = { times: [] as number[], failed: 0, hits: 0 }
  const startedMs = performance.now()
  const untilMs = startedMs + seconds * 1000
  let n = 0
  const ask = async (line: KeepAlive, dueMs: number): Promise<void> => {
    const head = await line.ask(bytes[n++ % bytes.length]!)
    found.times.push(performance.now() - dueMs)
    if (!/^HTTP\/1.1 (200|304)/.test(head)) found.failed++
    if (/x-cache: hit/i.test(head)) found.hits++
  }
  if (perS === null)
    await Promise.all(
      lines.map(async (line) => {
        while (performance.now() < untilMs) await ask(line, performance.now())
      }),
    )
  else await askOnTime(lines, { perS, seconds, ask })
  const tookS = (performance.now() - startedMs) / 1000
  for (const line of lines) line.close()
  const sorted = Float64Array.from(found.times).sort()
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return {
    ...{ requests: sorted.length, perS: sorted.length / tookS, failed: found.failed, hits: found.hits },
    ...{ p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) },
  }
}

interface OnTime {
  perS: number
  seconds: number
  ask: (line: KeepAlive, dueMs: number) => Promise<void>
}

/** Asks at the moments that are due, on whichever connection is free; a question that waits for one counts its wait. */
async function askOnTime(lines: readonly KeepAlive[], { perS, seconds, ask }: OnTime): Promise<void> {
  const free = [...lines]
  const due: number[] = []
  const under = new Set<Promise<void>>()
  const start = (line: KeepAlive, dueMs: number): void => {
    const asked = ask(line, dueMs).then(() => {
      under.delete(asked)
      const next = due.shift()
      if (next === undefined) free.push(line)
      else start(line, next)
    })
    under.add(asked)
  }
  await atPace({ perS, seconds }, (dueMs) => {
    const line = free.shift() // the one that was idle longest: none is closed for having nothing to do
    if (line) start(line, dueMs)
    else due.push(dueMs)
  })
  while (under.size > 0) await Promise.race(under)
}

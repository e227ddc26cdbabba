/** The clock of the API bench: a thread that sleeps until each question is due and then says so. */
import { parentPort, Worker, workerData } from 'node:worker_threads'

interface Pace {
  perS: number
  total: number
}

/**
 * Calls for each of so many questions when it is due, with that moment by the clock of `performance.now()`; ends after the last.
 *
 * A timer of the event loop is late by up to a millisecond, and a loop that turns until then takes a whole core from the server beside it:
 * Linux gives such a loop its slice of 4 ms before who wakes up meanwhile. The thread wakes within some 0.1 ms and takes no core; what it is
 * late counts into the time of the answer.
 */
export async function atPace({ perS, seconds }: { perS: number; seconds: number }, call: (dueMs: number) => void) {
  const pace: Pace = { perS, total: perS * seconds }
  const thread = new Worker(new URL(import.meta.url), { workerData: pace })
  const done = Promise.withResolvers<void>()
  thread.on('message', (dueMs: number) => call(dueMs - performance.timeOrigin))
  thread.once('error', done.reject)
  thread.once('exit', () => done.resolve())
  await done.promise
}

function keepTime({ perS, total }: Pace): void {
  const nothing = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const now = (): number => performance.timeOrigin + performance.now()
  const startedMs = now()
  for (let n = 0; n < total; n++) {
    const dueMs = startedMs + (n / perS) * 1000
    const leftMs = dueMs - now()
    if (leftMs > 0) Atomics.wait(nothing, 0, 0, leftMs)
    parentPort?.postMessage(dueMs)
  }
}

if (parentPort && workerData) keepTime(workerData as Pace)

/**
 * A process that drives with everything on, an outbox on a disk that others fill: FULL-DISK-WRITER FOLDER PRIVATE-KEY SECONDS MODE. Each
 * second of driving it says what it has appended so far, whether that found room or not; at the end it waits to be killed. As `keep`
 * nothing may give way. Time goes as fast as it can.
 */
import { writeSync } from 'node:fs'
import { after } from '../../src/clock.ts'
import { braking, noon, started } from '../../src/outbox/example-records.ts'
import { openOutbox } from '../../src/outbox/outbox.ts'
import { wavySecond } from './backlog-records.ts'
import { roughChunk } from './rough-chunk.ts'

const [folder = '', privateKey = '', seconds = '', mode = ''] = process.argv.slice(2)
const say = (line: object): void => void writeSync(1, `${JSON.stringify(line)}\n`)
const outbox = openOutbox({
  folder,
  device: 'DEV-1',
  privateKey,
  buildMs: 0,
  wallMs: () => noon,
  after,
  trouble: (message) => say({ trouble: message }),
  warn: (message) => say({ warning: message }),
  isOnItsWay: () => mode === 'keep',
})
for (let i = 0; i < Number(seconds); i++) {
  outbox.append('telematics', wavySecond(i, noon + i * 1000))
  if (i % 10 === 9) outbox.append('raw', roughChunk(noon + (i - 9) * 1000))
  if (i % 20 === 0) outbox.append('trips', started)
  if (i % 30 === 0) outbox.append('urgent', braking)
  outbox.flush()
  const next = (lane: 'urgent' | 'trips' | 'telematics' | 'raw') => outbox.nextSeq(lane) - 1
  say({ i, urgent: next('urgent'), trips: next('trips'), telematics: next('telematics'), raw: next('raw') })
}
say({ done: true })
setInterval(() => {}, 1000)

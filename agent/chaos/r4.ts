/**
 * R4: others fill the disk while the car drives. The outbox is on a file system of 16 MiB (on a loop device where there are such, else in
 * memory); after a minute it is filled to the last byte, and stays so for 30 minutes of driving with raw readings on; then the power is
 * cut. Claim: every alert, event and trip is there though the disk was full; raw readings gave way first, the oldest first; what is gone of
 * each lane is told by signed gaps, exactly; and with room again all is well within ten seconds.
 *
 * The control lets nothing give way. It must fail.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import type { Lane } from '@fairmile/contract/topics.ts'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { part } from './parts/disk-library.ts'
import { type LaneHeld, readLanes } from './parts/read-lanes.ts'
import { mountSmallDisk } from './parts/small-disk.ts'

const diskMebibytes = 16
const beforeS = 60
const backMs = 10_000

const options = chaosOptions({
  id: 'R4',
  claim: 'A full disk for half an hour: no alert, event or trip is dropped, raw readings first, counted exactly.',
  control: 'let nothing give way',
  runs: 30,
  of: 'minutes of driving on a full disk',
})
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r4-'))
const keys = generateKeyPair()
const disk = mountSmallDisk(folder, diskMebibytes)
const appended: Record<Lane, number> = { urgent: 0, trips: 0, telematics: 0, raw: 0 }
const troubles: string[] = []
try {
  await drive()
  disk.free()
  const freedMs = performance.now()
  const lanes = readLanes(join(disk.folder, 'data'), keys, backMs)
  const tookMs = Math.round(performance.now() - freedMs)
  const found = {
    urgent: compare('urgent', lanes.urgent),
    trips: compare('trips', lanes.trips),
    telematics: compare('telematics', lanes.telematics),
    raw: compare('raw', lanes.raw),
  }
  const { urgent, trips, raw } = found
  const exact = Object.values(found).every(({ lost, broken }) => lost === 0 && broken === 0)
  const passed =
    exact && urgent.dropped + trips.dropped === 0 && raw.dropped > 0 && raw.droppedOldestFirst && tookMs <= backMs
  verdict('R4', options, passed, { disk: disk.kind, ...found, backMs: tookMs, troubles: troubles.slice(0, 3) })
} finally {
  disk.unmount()
  rmSync(folder, { recursive: true })
}

/** What was appended and is neither there nor told of is lost. */
function compare(lane: Lane, held: LaneHeld) {
  return { appended: appended[lane], ...held, lost: appended[lane] - held.kept - held.dropped }
}

/** Drives until the writer is done or says no more, fills the disk on the way, and cuts the power. */
async function drive(): Promise<void> {
  const args = [part('full-disk-writer.ts'), join(disk.folder, 'data'), keys.privateKey]
  const seconds = beforeS + options.runs * 60
  const writer = spawn(process.execPath, [...args, String(seconds), options.control ? 'keep' : 'give'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(writer, 'close')
  for await (const line of createInterface({ input: writer.stdout })) {
    const { done, trouble, warning, i, ...numbers } = JSON.parse(line) as Record<string, unknown>
    if (trouble ?? warning) troubles.push(String(trouble ?? warning))
    if (i !== undefined) Object.assign(appended, numbers)
    if (i === beforeS) disk.fill()
    if (typeof i === 'number' && i % 300 === 0) options.say(`${i} s driven, ${troubles.length} troubles`)
    if (done) break
  }
  writer.kill('SIGKILL')
  await ended
}

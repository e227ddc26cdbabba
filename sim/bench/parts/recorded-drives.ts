import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Recording } from '../../src/recording/read-recording.ts'
import type { Mount } from '../../src/sensors/mount.ts'

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** How the boxes of recorded drives truly sit, as their notes say. */
export const documentedMounts: Record<string, Mount> = {
  // x forward, y left, z up.
  'regensburg-raspberry-pi': { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
  // x backward, z down.
  'dresden-morning': { rollDeg: 180, pitchDeg: 0, yawDeg: 180 },
}

/** Folders of the recorded drives beside the repository; none where they are absent. */
export function recordedDrives(): string[] {
  const drives = join(process.env.FAIRMILE_SHARED ?? join(repository, '..', 'shared'), 'data', 'drives')
  if (!existsSync(drives)) return []
  return readdirSync(drives)
    .sort()
    .map((name) => join(drives, name))
    .filter((folder) => existsSync(join(folder, 'drive.json')))
}

/** Longest time between two fixes over which speeds are taken to change evenly, s; beyond it the way is a straight line. */
const longestStepS = 5
/** Faster than this (m/s) a fix at the place of the one before is a repetition of it. */
const movesMps = 1
const radiusM = 6_371_000

/** Kilometres by the receiver alone: its speeds, and straight lines where it was silent. */
export function distanceByReceiver({ gps }: Pick<Recording, 'gps'>): number {
  let metres = 0
  let before: Recording['gps'][number] | null = null
  for (const fix of gps) {
    if (fix.speedMps === null || fix.lat === null || fix.lon === null) continue
    if (before && fix.speedMps > movesMps && fix.lat === before.lat && fix.lon === before.lon) continue
    if (before) metres += stepOf(before, fix)
    before = fix
  }
  return metres / 1000
}

function stepOf(from: Recording['gps'][number], to: Recording['gps'][number]): number {
  const seconds = to.timeS - from.timeS
  if (seconds < longestStepS) return ((from.speedMps! + to.speedMps!) / 2) * seconds
  const rad = Math.PI / 180
  const north = (to.lat! - from.lat!) * rad
  const east = (to.lon! - from.lon!) * rad * Math.cos(to.lat! * rad)
  return radiusM * Math.hypot(north, east)
}

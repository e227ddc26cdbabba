import { setImmediate } from 'node:timers/promises'
import { type Board, createBoardSource } from './board/source.ts'
import { buildMs, type Clock, waitUntil } from './clock.ts'
import { type BaudMemory, createGnssSource, type GnssSettings } from './gnss/source.ts'
import { createImuSource } from './imu/source.ts'
import type { MountAngles } from './motion/axes.ts'
import type { SensorFacts } from './motion/fuse.ts'
import { mountOf } from './recording/drive-info.ts'
import { openPlayer } from './recording/player.ts'
import type { Source } from './sensors.ts'

export interface SourcesOptions {
  gnss: GnssSettings | null
  imu: { kind: 'board'; path: string } | { kind: 'i2c'; bus: number; address: number | null } | null
  /** Folder of a recording, in place of both. */
  recording: string | null
  clock: Clock
  /** Keeps the baud rate found; absent where nothing is kept. */
  baudMemory?: BaudMemory
  /** Resolves when what was sensed so far has been judged. */
  settle: () => Promise<void>
}

/** What the agent senses with. */
export interface Sources {
  sources: Source[]
  /** The sensor board, to be told something; absent without one. */
  board?: Board
  /** What a recording says of its sensors, where that is other than usual. */
  sensors?: Partial<SensorFacts>
  mount?: MountAngles
}

/**
 * Makes the sources that the settings name; nothing is opened before they run.
 * @throws {Error} for a folder that is no recording
 */
export async function makeSources(options: SourcesOptions): Promise<Sources> {
  const { gnss, imu, recording, clock, baudMemory: memory, settle } = options
  if (recording !== null) {
    const player = await openPlayer({
      folder: recording,
      baseMs: clock.monotonicMs(),
      waitUntil: (tMs, signal) => waitUntil(clock, tMs, signal),
      // Where the computer is slower than the clock's rate, timers and the network still get their turn.
      async settle() {
        await settle()
        await setImmediate()
      },
    })
    const { imu: about } = player.info
    const mount = mountOf(player.info)
    return {
      sources: [player],
      sensors: { hasGyro: about?.hasGyro ?? true, gravityIncluded: about?.gravity !== 'removed' },
      ...(mount && { mount }),
    }
  }
  const sources: Source[] = []
  if (gnss) sources.push(createGnssSource({ ...gnss, clock, buildMs, ...(memory && { memory }) }))
  if (imu?.kind === 'board') {
    const board = createBoardSource({ path: imu.path, clock })
    return { sources: [...sources, board], board }
  }
  if (imu?.kind === 'i2c') sources.push(createImuSource({ ...imu, clock }))
  return { sources }
}

import { readFileSync } from 'node:fs'
import type { TamperNotice, TamperThreshold } from '@fairmile/models/events/tamper.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { createSession, powerCutOf, readSessionNote } from './session-note.ts'

/** The key of the note in the outbox. */
const key = 'session'

/** Linux draws it at each of its own starts. */
const kernelBootPath = '/proc/sys/kernel/random/boot_id'

/** The kernel's id of its boot; of a computer that has none, one that is the same for ever, so that no cut is suspected. */
function readKernelBoot(): string {
  try {
    return readFileSync(kernelBootPath, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

export interface OpenSessionOptions {
  outbox: Pick<Outbox, 'remember' | 'recall'>
  rules: TamperThreshold
  wallMs: () => number
  log: Log
  /** @default the kernel's */
  kernelBoot?: string
}

/** Looks how the last boot ended, and begins to note how this one goes. */
export function openSession({ outbox, rules, wallMs, log, kernelBoot = readKernelBoot() }: OpenSessionOptions) {
  const last = readSessionNote(outbox.recall(key))
  const reason = powerCutOf(last, kernelBoot, rules)
  const tampers: TamperNotice[] = []
  if (last !== null && reason !== null) {
    const unknown = { tMs: Number.NaN, lat: Number.NaN, lon: Number.NaN, speedMps: Number.NaN }
    tampers.push({ reason, atMs: last.at, value: 0, ...unknown })
  } else if (last !== null && !last.ended && last.kernelBoot !== kernelBoot) {
    const { ignition, batteryMv } = last
    log.info(
      { ignition, batteryMv },
      'the power went at the end of the last boot: ignition off, low voltage or not known',
    )
  }
  const remember = (text: string): void => outbox.remember(key, text)
  return { tampers, ...createSession({ kernelBoot, rules, wallMs, remember }) }
}

export type OpenSession = ReturnType<typeof openSession>

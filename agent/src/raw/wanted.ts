import { z } from 'zod'
import type { Outbox } from '../outbox/outbox.ts'
import type { Stretch } from '../outbox/store.ts'

/** Stretches that may be asked for at once; the oldest request gives way. */
const maxStretches = 8
/** All of time. */
const everything: readonly Stretch[] = [{ from: 0, to: Number.MAX_SAFE_INTEGER }]

const stored = z.array(z.object({ from: z.number(), to: z.number() })).catch([])

export interface WantedOptions {
  outbox: Pick<Outbox, 'remember' | 'recall'>
  /** Whether raw records go by themselves: over a link that costs nothing by the byte. */
  sendsAll: boolean
}

/** Which raw records may be sent. */
export interface Wanted {
  stretches(): readonly Stretch[]
  /** Somebody asks for a stretch; it is remembered over restarts. */
  add(stretch: Stretch): void
}

/** Keeps what was asked for of the `raw` lane. */
export function createWanted({ outbox, sendsAll }: WantedOptions): Wanted {
  let asked: Stretch[] = stored.parse(JSON.parse(outbox.recall('rawWanted') ?? '[]'))
  return {
    stretches: () => (sendsAll ? everything : asked),
    add(stretch) {
      asked = [...asked, stretch].slice(-maxStretches)
      outbox.remember('rawWanted', JSON.stringify(asked))
    },
  }
}

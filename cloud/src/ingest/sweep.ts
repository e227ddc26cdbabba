import { getHeapStatistics } from 'node:v8'

/**
 * Bytes of buffers that may gather before the dead ones are collected. V8 by itself lets 64 MiB gather: a buffer is a few bytes in its
 * heap, so that a flood of large messages is little work for it, and much memory.
 */
const maxGatheredBytes = 8 * 1024 * 1024

interface SweepOptions {
  /** Bytes of buffers, the dead ones too until they were collected. */
  externalBytes?: () => number
  /** @default V8's own, where the process was started with `--expose-gc`: else nothing */
  collect?: () => void
}

/** Makes what is to be called before more is taken: collects the dead buffers whenever many gathered since. */
export function createSweep({
  externalBytes = () => getHeapStatistics().external_memory,
  collect = globalThis.gc,
}: SweepOptions = {}): () => void {
  let least = Number.POSITIVE_INFINITY
  return () => {
    const bytes = externalBytes()
    least = Math.min(least, bytes)
    if (bytes - least <= maxGatheredBytes) return
    collect?.()
    // They are freed beside other work: how many are left is known the next time.
    least = Number.POSITIVE_INFINITY
  }
}

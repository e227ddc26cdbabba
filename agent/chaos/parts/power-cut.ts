import type { Lots } from '../../../scripts/chaos/lots.ts'

/** One thing that the writer did, as recording-disk.c logs it. */
export interface DiskEntry {
  kind: 'written' | 'flushed' | 'cut'
  file: 'database' | 'log' | 'stdout'
  at: number
  bytes: Buffer
}

const kinds = [null, 'written', 'flushed', 'cut'] as const
const files = [null, 'database', 'log', 'stdout'] as const
const headBytes = 32
/** What a disk writes whole or not at all. */
const sectorBytes = 512

/** Reads the log of recording-disk.c. */
export function readDiskLog(log: Buffer): DiskEntry[] {
  const entries: DiskEntry[] = []
  for (let at = 0; at < log.length; ) {
    const [kind, file, offset, count] = [0, 8, 16, 24].map((field) => Number(log.readBigInt64LE(at + field)))
    at += headBytes
    const length = kind === 1 ? count! : 0
    entries.push({ kind: kinds[kind!]!, file: files[file!]!, at: offset!, bytes: log.subarray(at, at + length) })
    at += length
  }
  return entries
}

/** A file on a disk with a cache: what is surely on it, and what may be. */
const createCachedFile = () => {
  let durable: Buffer = Buffer.alloc(0)
  let cached: DiskEntry[] = []
  const apply = (content: Buffer, { kind, at, bytes }: DiskEntry): Buffer => {
    if (kind === 'cut') return content.length > at ? Buffer.from(content.subarray(0, at)) : content
    const grown =
      content.length >= at + bytes.length
        ? content
        : Buffer.concat([content, Buffer.alloc(at + bytes.length - content.length)])
    bytes.copy(grown, at)
    return grown
  }
  return {
    take: (entry: DiskEntry) => void cached.push(entry),
    flush() {
      for (const entry of cached) durable = apply(durable, entry)
      cached = []
    },
    /** The file after a power cut: each write since the last flush is there, or not, or some of its sectors are. */
    afterCut(lots: Lots): Buffer {
      let content: Buffer = Buffer.from(durable)
      for (const entry of cached) {
        const fate = lots.below(3)
        if (fate === 0) content = apply(content, entry)
        if (fate !== 1 || entry.kind === 'cut') continue
        for (let from = 0; from < entry.bytes.length; from += sectorBytes)
          if (lots.chance(0.5))
            content = apply(content, {
              ...entry,
              at: entry.at + from,
              bytes: entry.bytes.subarray(from, from + sectorBytes),
            })
      }
      return content
    },
  }
}

/** A disk under the outbox, played from a log. */
export function createCutDisk() {
  const disk = { database: createCachedFile(), log: createCachedFile() }
  return {
    take(entry: DiskEntry): void {
      if (entry.file === 'stdout') return
      if (entry.kind === 'flushed') disk[entry.file].flush()
      else disk[entry.file].take(entry)
    },
    image: (lots: Lots) => ({ database: disk.database.afterCut(lots), log: disk.log.afterCut(lots) }),
  }
}

/**
 * The log as synchronous=NORMAL would have made it: the write-ahead log is flushed before its pages go into the database,
 * and not at each commit.
 */
export function flushedAsNormal(entries: readonly DiskEntry[]): DiskEntry[] {
  return entries.filter((entry, i) => {
    if (entry.kind !== 'flushed' || entry.file !== 'log') return true
    const next = entries.slice(i + 1, i + 8).find(({ file }) => file !== 'stdout')
    return next?.file === 'database'
  })
}

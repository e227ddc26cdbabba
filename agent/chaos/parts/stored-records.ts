import { openBatch } from '@fairmile/contract/batch.ts'
import { lanes } from '@fairmile/contract/topics.ts'
import { openExampleOutbox } from '../../src/outbox/example-outbox.ts'

/** What an outbox holds after its writer died, by opening it as the next boot does. */
export interface StoredRecords {
  /** `boot/lane/seq` of every record, out of its signed batch. */
  names: Set<string>
  /** The file was set aside, a batch does not open, or the chain of hashes is broken. */
  corrupt: string[]
}

/** Opens an outbox and reads all its batches. */
export function readStoredRecords(folder: string, keys: { publicKey: string; privateKey: string }): StoredRecords {
  const corrupt: string[] = []
  const names = new Set<string>()
  const outbox = openExampleOutbox({
    folder,
    privateKey: keys.privateKey,
    trouble: (message) => message !== null && corrupt.push(message),
    warn: (message) => corrupt.push(message),
  })
  try {
    for (const lane of lanes) {
      let head: Uint8Array | null = null
      for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id)) {
        const opened = openBatch(batch.bytes, keys)
        if (head !== null && Buffer.compare(head, opened.previousHash) !== 0) corrupt.push(`${lane}: broken chain`)
        head = opened.hash
        for (let seq = opened.firstSeq; seq <= opened.lastSeq; seq++) names.add(`${opened.boot}/${lane}/${seq}`)
      }
    }
  } catch (error) {
    corrupt.push(String(error))
  } finally {
    outbox.close()
  }
  return { names, corrupt }
}

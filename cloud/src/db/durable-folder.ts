import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { messageOf } from '../errors.ts'

/** What is needed of the file system that Emscripten puts between PostgreSQL and Node; its types say less. */
interface NodeFiles {
  stream_ops: { fsync?: (stream: { nfd: number }) => number }
  /** Gives an error of Node the number that PostgreSQL knows it by. */
  tryFSOperation<T>(work: () => T): T
}

/** Waits until what was written to a file or a folder is on the disk. @throws Error where the disk fails */
export type SyncFile = (descriptor: number) => void

/**
 * Opens the embedded database in a folder, on a disk that it waits for: a commit has ended when it would be there after a power cut.
 * Where the disk fails, the process ends with the reason, as a PostgreSQL server does: what it acked is there, nothing more is taken.
 *
 * PGlite starts PostgreSQL without `fsync`, and its file system would do nothing at one: both are put in place here. Of the
 * ways to ask for the disk it has but `fsync`; what a new folder is filled with is written by a tool that asks for none.
 */
export async function openDurably(folder: string, sync: SyncFile = fsyncSync): Promise<PGlite> {
  const isNew = !existsSync(join(folder, 'PG_VERSION'))
  const fs = new DurableFolder(folder, sync)
  const client = await PGlite.create({ fs, startParams })
  if (isNew) {
    syncTree(folder, sync)
    syncFolder(dirname(folder), sync)
  }
  return client
}

const startParams = [...PGlite.defaultStartParams.filter((each) => each !== '-F'), '-c', 'wal_sync_method=fsync']

class DurableFolder extends NodeFS {
  readonly #sync: SyncFile

  constructor(folder: string, sync: SyncFile) {
    super(folder)
    this.#sync = sync
  }

  override async init(...given: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...given)
    const preRun = [...(emscriptenOpts.preRun ?? []), ({ NODEFS }: object & { NODEFS: unknown }) => this.#wait(NODEFS)]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }

  #wait(nodeFiles: unknown): void {
    const files = nodeFiles as NodeFiles
    files.stream_ops.fsync = ({ nfd }) => {
      files.tryFSOperation(() => {
        try {
          syncOpen(nfd, this.#sync)
        } catch (cause) {
          this.#giveUp(cause)
          throw cause
        }
      })
      return 0
    }
  }

  /** Before another query comes: PostgreSQL has panicked, and in this process it would never answer again. */
  #giveUp(cause: unknown): void {
    queueMicrotask(() => {
      const advice = 'look after the disk and start again; what was not acked is sent again'
      throw new Error(`Writing the embedded database in "${this.rootDir}": ${messageOf(cause)}; ${advice}`, { cause })
    })
  }
}

function syncTree(folder: string, sync: SyncFile): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) syncPath(path, sync)
    else if (entry.isDirectory()) syncFolder(path, sync)
  }
  syncFolder(folder, sync)
}

function syncPath(path: string, sync: SyncFile): void {
  const descriptor = openSync(path, 'r')
  try {
    syncOpen(descriptor, sync)
  } finally {
    closeSync(descriptor)
  }
}

/** A folder that may not be opened is the file system's own matter, to PostgreSQL too (`fsync_fname`). */
function syncFolder(path: string, sync: SyncFile): void {
  try {
    syncPath(path, sync)
  } catch (error) {
    if (!['EISDIR', 'EACCES'].includes(codeOf(error))) throw error
  }
}

/** A file system may have nothing to wait for with a folder, and says so: PostgreSQL goes on as well. */
function syncOpen(descriptor: number, sync: SyncFile): void {
  try {
    sync(descriptor)
  } catch (error) {
    if (!['EBADF', 'EINVAL'].includes(codeOf(error)) || !fstatSync(descriptor).isDirectory()) throw error
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code)

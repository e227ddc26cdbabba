/** What is told of an invalidation: tags, a pattern of paths, or everything. */
export type Invalidation = { readonly tags: readonly string[] } | { readonly pattern: string } | { readonly all: true }

/** What the shared layer says of a key. */
export interface FarLook {
  /** The packed answer where it is there and fresh. */
  readonly found: Buffer | null
  /** Moment of its clock before anything is computed, to be given back with the answer. */
  readonly asOf: string
}

/** The layer that processes share. None of its calls throws: a layer that is away answers as an empty one. */
export interface Far {
  /** Looks a key up; null while the layer is away. */
  look: (key: FarKey) => Promise<FarLook | null>
  /** Keeps a packed answer, unless a tag moved since `asOf`. Does not wait. */
  keep: (key: FarKey, kept: { asOf: string; packed: Buffer; ttlMs: number }) => void
  /** Invalidates for every process, now or, while the layer is away, before it is used again. */
  invalidate: (what: Invalidation) => Promise<void>
  /** False while invalidations of other processes may pass unheard. */
  hears: () => boolean
  statistics: () => FarStatistics
  close: () => Promise<void>
}

/** Where an answer lies in the shared layer: its path, and a hash of that with parameters, subject and role. */
export interface FarKey {
  readonly path: string
  readonly hash: string
  readonly tags: readonly string[]
}

export interface FarStatistics {
  /** `ready`, or why it is not used. */
  readonly state: 'ready' | 'away' | 'slow'
  /** Invalidations that it has not been told yet. */
  readonly owed: number
}

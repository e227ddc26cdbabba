import type { Database } from '../db/database.ts'

/** A thing of a selection, as it is now. */
export interface Selected {
  readonly id: string
  /** What a person knows it by. */
  readonly label: string
  /** What would become of it. */
  readonly change: string
  /** Why it would be left as it is; null where it would be changed. */
  readonly warning: string | null
  /** Everything that the change rests on: another text where any of it is another. */
  readonly version: string
}

/** What became of a thing. */
export interface Outcome {
  readonly state: 'done' | 'skipped'
  readonly detail: string | null
  /** What answers of the cache it makes stale. */
  readonly tags?: readonly string[]
}

interface Selecting<Body> {
  /** The things of a selection in the order of their ids, `max` at most; with `only`, that one of them. */
  select(db: Database, body: Body, options: { by: string; max: number; only?: string }): Promise<Selected[]>
}

/** A change of many things of one kind, one after the other. */
export interface EachWork<Body> extends Selecting<Body> {
  /** Changes one that has been looked at a moment ago; once more changes nothing. */
  apply(db: Database, body: Body, thing: Selected, options: { by: string }): Promise<Outcome>
}

/** A change that a risk job makes to all of them together. */
export interface JobWork<Body> extends Selecting<Body> {
  /** Records the job for things that have just been looked at, in the transaction given; gives its number. */
  begin(tx: Database, body: Body, options: { ids: readonly string[]; by: string }): Promise<number>
}

export type BulkWork<Body> = EachWork<Body> | JobWork<Body>

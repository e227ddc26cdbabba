import type { Tags } from './road.ts'

/** What a reader of an OpenStreetMap file delivers; one that is left out is not decoded where the format allows. */
export interface OsmElements {
  /** WGS84 in 1e-7 degrees. */
  node?(id: number, latE7: number, lonE7: number): void
  way?(id: number, nodes: readonly number[], tags: Tags): void
}

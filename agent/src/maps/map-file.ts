import { rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'

/** "FMmp": tells a map from any other SQLite file. */
const applicationId = 0x464d6d70
const mapVersion = 2

/** A road as the map keeps it. */
export interface MapRoad {
  id: number
  osmId: number
  /** Cost of its kind for the matcher. */
  kindCost: number
  oneway: number
  /** km/h; null where unknown. */
  forwardKmh: number | null
  backwardKmh: number | null
  certain: 0 | 1
  /** `30 @ (Mo-Fr 07:00-17:00)`, in km/h; null for none. */
  forwardConditions: string | null
  backwardConditions: string | null
  /** Int32 pairs of latitude and longitude, 1e-7 degrees, little-endian. */
  points: Buffer
}

const schema = `
create table roads (
  id integer primary key,
  osmId integer not null,
  kindCost real not null,
  oneway integer not null,
  forwardKmh real,
  backwardKmh real,
  certain integer not null,
  forwardConditions text,
  backwardConditions text,
  points blob not null
) strict;
create virtual table areas using rtree (id, minLat, maxLat, minLon, maxLon);
`

/** Writes a new map file; `add` within one transaction that `finish` commits. */
export interface MapWriter {
  add(road: Omit<MapRoad, 'id'>, box: readonly [minLat: number, maxLat: number, minLon: number, maxLon: number]): void
  finish(): void
  /** Closes and removes what was written so far. */
  abandon(): void
}

/** Begins a map file at a path where there is none. */
export function writeMapFile(path: string): MapWriter {
  const db = new Database(path)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma(`application_id = ${applicationId}`)
  db.pragma(`user_version = ${mapVersion}`)
  db.exec(schema)
  db.exec('begin')
  const road = db.prepare(
    `insert into roads values (
       null, @osmId, @kindCost, @oneway, @forwardKmh, @backwardKmh, @certain, @forwardConditions, @backwardConditions, @points
     )`,
  )
  const area = db.prepare('insert into areas values (?, ?, ?, ?, ?)')
  return {
    add(one, box) {
      const { lastInsertRowid } = road.run(one)
      area.run(lastInsertRowid, ...box)
    },
    finish() {
      db.exec('commit')
      db.close()
    },
    abandon() {
      db.close()
      rmSync(path, { force: true })
    },
  }
}

/** What a map covers. */
export interface MapExtent {
  roads: number
  minLat: number
  maxLat: number
  minLon: number
  maxLon: number
}

/** A map that is read. */
export interface RoadMap {
  /** Whether the limit of any road depends on something. */
  hasConditions: boolean
  /** Roads whose box meets the box given in degrees. */
  within(minLat: number, maxLat: number, minLon: number, maxLon: number): MapRoad[]
  /** How many roads it has, and the degrees between which they lie. */
  extent(): MapExtent
  close(): void
}

/**
 * Opens a map for reading.
 * @throws {Error} where the file is missing or is no map
 */
export function openMapFile(path: string): RoadMap {
  const refuse = (why: string, cause?: unknown) =>
    new Error(`Opening the map "${path}": ${why}: make one with fairmile-agent maps build`, { cause })
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw refuse('that is a folder, not a map file')
  let db: Database.Database
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error)
  }
  try {
    if (db.pragma('application_id', { simple: true }) !== applicationId) throw new Error('it is no map')
    if (db.pragma('user_version', { simple: true }) !== mapVersion) throw new Error('it is of another version')
  } catch (error) {
    db.close()
    throw refuse(error instanceof Error ? error.message : String(error), error)
  }
  const within = db.prepare<[number, number, number, number], MapRoad>(
    `select roads.* from areas join roads using (id)
     where maxLat >= ? and minLat <= ? and maxLon >= ? and minLon <= ? order by id`,
  )
  const conditional = db.prepare(
    'select 1 from roads where forwardConditions is not null or backwardConditions is not null limit 1',
  )
  const extent = db.prepare<[], MapExtent>(
    `select count(*) as roads, min(minLat) as minLat, max(maxLat) as maxLat, min(minLon) as minLon, max(maxLon) as maxLon
     from areas`,
  )
  return {
    hasConditions: conditional.get() !== undefined,
    extent: () => extent.get()!,
    within: (minLat, maxLat, minLon, maxLon) => within.all(minLat, maxLat, minLon, maxLon),
    close: () => void db.close(),
  }
}

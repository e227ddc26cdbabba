/** A value of an archived row: `bigint` for 64-bit integers, `Date` for a moment. */
export type ArchivedValue = string | bigint | Date | number | null

/** A column of `telematics_events` in an archive. */
export interface ArchivedColumn {
  name: string
  type: 'STRING' | 'INT64' | 'TIMESTAMP' | 'DOUBLE' | 'FLOAT' | 'INT32'
  required: boolean
}

const column = (name: string, type: ArchivedColumn['type'], required = false): ArchivedColumn => ({
  name,
  type,
  required,
})

/** Every column of `telematics_events`, in the order of the table; the first four are its key. */
export const archivedColumns: readonly ArchivedColumn[] = [
  column('device_id', 'STRING', true),
  column('boot_id', 'INT64', true),
  column('seq', 'INT64', true),
  column('at', 'TIMESTAMP', true),
  column('lat', 'DOUBLE'),
  column('lon', 'DOUBLE'),
  column('alt_m', 'FLOAT'),
  column('speed_mps', 'FLOAT'),
  column('heading_deg', 'FLOAT'),
  column('hdop', 'FLOAT'),
  column('a_long_min', 'FLOAT'),
  column('a_long_max', 'FLOAT'),
  column('a_lat_min', 'FLOAT'),
  column('a_lat_max', 'FLOAT'),
  column('a_vert_rms', 'FLOAT'),
  column('yaw_rate_max', 'FLOAT'),
  column('limit_kmh', 'FLOAT'),
  column('live_risk', 'FLOAT'),
  column('quality', 'INT32', true),
]

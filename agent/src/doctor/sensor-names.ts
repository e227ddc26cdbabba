/** What the settings name as sensors. */
export interface SensorSettings {
  gnss: { path: string } | null
  imu: { kind: 'board'; path: string } | { kind: 'i2c'; bus: number } | null
  recording: string | null
}

/** What the sensors are called in a report; null where none is set. */
export function sensorNames({ gnss, imu, recording }: SensorSettings): { gnss: string | null; imu: string | null } {
  if (recording !== null) return { gnss: `recording "${recording}"`, imu: `recording "${recording}"` }
  const of = (one: NonNullable<SensorSettings['imu']>): string =>
    one.kind === 'board' ? `sensor board on ${one.path}` : `I²C bus ${one.bus}`
  return { gnss: gnss && (gnss.path === 'auto' ? 'receiver' : `receiver on ${gnss.path}`), imu: imu && of(imu) }
}

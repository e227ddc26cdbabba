import type { Fix } from '../../src/sensors.ts'
import type { BaseDrive } from './base-drives.ts'
import type { Impossible } from './impossible-motion.ts'
import type { Stretch } from './judged-case.ts'

const maxSpeedMps = 100

/** Whether the filter of a usual tracker (invalid, zero, repeated, too fast, as Traccar has them) finds a fault. */
export function stockFilterFinds(drive: BaseDrive, { fromMs, lastsMs }: Stretch, fault: Impossible): boolean {
  let last: Fix | null = null
  for (const fix of drive.fixes) {
    if (fix.tMs < fromMs - 5000 || fix.tMs >= fromMs + lastsMs || fix.lat === null || fix.lon === null) continue
    const { lat, lon, speedMps, tMs, utcMs } = fix.tMs >= fromMs ? (fault.fix?.(fix) ?? fix) : fix
    if (lat === null || lon === null) continue
    if (!Number.isFinite(lat) || !Number.isFinite(lon) || Math.abs(lat) > 90) return true
    if (speedMps !== null && (Number.isNaN(speedMps) || Math.abs(speedMps) > maxSpeedMps)) return true
    if (last !== null && last.lat !== null && last.lon !== null) {
      const metres = Math.hypot(lat - last.lat, (lon - last.lon) * Math.cos((lat * Math.PI) / 180)) * 111_195
      if (metres / ((tMs - last.tMs) / 1000) > maxSpeedMps || utcMs === last.utcMs) return true
    }
    last = { ...fix, lat, lon, utcMs }
  }
  return false
}

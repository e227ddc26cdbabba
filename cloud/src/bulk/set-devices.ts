import type { SetDevices } from '@fairmile/contract/http/bulk.ts'
import { sql } from 'drizzle-orm'
import { selectRows } from '../db/database.ts'
import type { DeviceMail } from '../devices/mail.ts'
import type { EachWork } from './bulk-work.ts'

type Row = { id: string; vehicle: string; settings: Record<string, unknown>; version: number; claimed: boolean }

/** Changes settings of boxes, each from the version that was seen; a box that is away has them when it is next online. */
export function setDevices({ mail }: { mail: DeviceMail }): EachWork<SetDevices> {
  return {
    async select(db, { devices, settings }, { max, only }) {
      const chosen =
        'ids' in devices ? sql`d.id = ANY (${sql.param(devices.ids)}::text[])` : sql`d.claimed_at IS NOT NULL`
      const rows = await selectRows<Row>(
        db,
        sql`
          SELECT d.id, v.name AS vehicle, d.settings, d.settings_version AS version, d.claimed_at IS NOT NULL AS claimed
          FROM devices d JOIN vehicles v ON v.id = d.vehicle_id
          WHERE ${chosen} ${only === undefined ? sql`` : sql`AND d.id = ${only}`} ORDER BY d.id LIMIT ${max}`,
      )
      return rows.map(({ id, vehicle, settings: has, version, claimed }) => ({
        ...{ id, label: vehicle, version: String(version) },
        change: Object.entries(settings)
          .map(([name, value]) => `${name}: ${has[name] ?? 'its own'} → ${value}`)
          .join(', '),
        warning: !claimed
          ? 'the box is not claimed yet'
          : Object.entries(settings).every(([name, value]) => has[name] === value)
            ? 'it has these settings already'
            : null,
      }))
    },
    async apply(_db, { settings }, { id, version }) {
      const changed = await mail.changeSettings(id, settings, Number(version))
      if (changed === 'outdated') return { state: 'skipped', detail: 'its settings were changed meanwhile' }
      if (changed === null) return { state: 'skipped', detail: 'it is there no more' }
      return { state: 'done', detail: `settings version ${changed}` }
    },
  }
}

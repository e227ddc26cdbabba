import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { MountAngles } from '../motion/axes.ts'

const degrees = z.number().min(-360).max(360)

const schema = z.looseObject({
  id: z.string().min(1),
  source: z.string().optional(),
  licence: z.string().optional(),
  imu: z
    .looseObject({
      rateHz: z.number().positive(),
      hasGyro: z.boolean().default(true),
      gravity: z.enum(['included', 'removed']).default('included'),
      frame: z.string().default('device'),
    })
    .nullish(),
  gps: z.looseObject({ rateHz: z.number().positive() }).nullish(),
  mount: z.looseObject({ rollDeg: degrees, pitchDeg: degrees, yawDeg: degrees }).nullish(),
  label: z.string().nullish(),
  startedAt: z.iso.datetime({ offset: true }).optional(),
})

/** What `drive.json` of a recording says. */
export type DriveInfo = z.infer<typeof schema>

/**
 * Reads `drive.json`.
 *
 * @throws Error that says what is wrong with it and where.
 */
export const readDriveInfo = async (folder: string): Promise<DriveInfo> => {
  const path = join(folder, 'drive.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new Error(
      `Opening the recording "${folder}": it has no readable drive.json. Name the folder of a recording.`,
      {
        cause,
      },
    )
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new Error(`Reading ${path}: it is not JSON`, { cause })
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Error(`Reading ${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** How the device sat in the vehicle, where the recording tells: measured, or because its readings are in the vehicle's axes. */
export const mountOf = ({ mount, imu }: DriveInfo): MountAngles | null =>
  mount ?? (imu?.frame === 'vehicle' ? { rollDeg: 0, pitchDeg: 0, yawDeg: 0 } : null)

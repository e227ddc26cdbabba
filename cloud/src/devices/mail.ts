import type { DeviceCommand, DeviceConfig, DeviceSettings } from '@fairmile/contract/device-messages.ts'
import { streams } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Broker } from '../broker/broker.ts'
import type { Database } from '../db/database.ts'
import { deviceCommands } from '../db/schema/device-care.ts'
import { devices } from '../db/schema/devices.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'

/** Commands sent again to a device that comes back; more than anyone types, and few enough not to hold up its start. */
const maxCommandsSent = 20
/** A command that was not answered by then is not sent again, days. */
const commandLifeDays = 7

export interface DeviceMailOptions {
  db: Database
  publish: Broker['publish']
  log: Log
}

/** What goes to devices beside acks: their settings and commands. It is kept until they have it. */
export interface DeviceMail {
  /** Sends a device that has just come online its settings, and the commands that it has not answered. Never throws. */
  greet(deviceId: string): Promise<void>
  /**
   * Changes settings; what is left out stays. Gives their version, null where there is no such device, `outdated` where they are not at
   * the version that is to be changed.
   */
  changeSettings(deviceId: string, settings: DeviceSettings, from?: number): Promise<number | null | 'outdated'>
  /** Keeps a command and sends it; gives its id, or null where there is no such device. */
  command(deviceId: string, command: Omit<DeviceCommand, 'id'>): Promise<string | null>
}

/** Makes the way to devices; a device that is away gets what is kept when it says that it is online. */
export function createDeviceMail({ db, publish, log }: DeviceMailOptions): DeviceMail {
  const trySend = async (deviceId: string, send: () => Promise<void>): Promise<void> => {
    try {
      await send()
    } catch (error) {
      log.warn({ device: deviceId, error: messageOf(error) }, 'not sent; it goes when the device comes online')
    }
  }
  const sendConfig = (deviceId: string, version: number, settings: DeviceSettings): Promise<void> => {
    const config: DeviceConfig = { version, wire: wireVersion, ...settings }
    const { qos, retain } = streams.config
    return publish(streams.config.topic(deviceId), JSON.stringify(config), { qos, retain })
  }
  const sendCommand = (deviceId: string, command: DeviceCommand): Promise<void> => {
    const { qos, retain } = streams.command
    return publish(streams.command.topic(deviceId), JSON.stringify(command), { qos, retain })
  }
  const waiting = (deviceId: string) =>
    db
      .select({ command: deviceCommands.command })
      .from(deviceCommands)
      .where(
        and(
          eq(deviceCommands.deviceId, deviceId),
          isNull(deviceCommands.answeredAt),
          gt(deviceCommands.createdAt, sql`now() - make_interval(days => ${commandLifeDays})`),
        ),
      )
      .orderBy(asc(deviceCommands.createdAt))
      .limit(maxCommandsSent)
  return {
    greet: (deviceId) =>
      trySend(deviceId, async () => {
        const [device] = await db
          .select({ settings: devices.settings, version: devices.settingsVersion })
          .from(devices)
          .where(eq(devices.id, deviceId))
        if (device) await sendConfig(deviceId, device.version, device.settings)
        for (const { command } of await waiting(deviceId)) await sendCommand(deviceId, command)
      }),
    async changeSettings(deviceId, settings, from) {
      const device = eq(devices.id, deviceId)
      const [changed] = await db
        .update(devices)
        .set({
          settings: sql`${devices.settings} || ${JSON.stringify(settings)}::jsonb`,
          settingsVersion: sql`${devices.settingsVersion} + 1`,
        })
        .where(from === undefined ? device : and(device, eq(devices.settingsVersion, from)))
        .returning({ settings: devices.settings, version: devices.settingsVersion })
      if (!changed) {
        const there = from === undefined ? [] : await db.select({ id: devices.id }).from(devices).where(device)
        return there.length > 0 ? 'outdated' : null
      }
      await trySend(deviceId, () => sendConfig(deviceId, changed.version, changed.settings))
      return changed.version
    },
    async command(deviceId, what) {
      const [device] = await db.select({ id: devices.id }).from(devices).where(eq(devices.id, deviceId))
      if (!device) return null
      const command: DeviceCommand = { id: drawPublicId('CMD'), ...what }
      await db.insert(deviceCommands).values({ id: command.id, deviceId, command })
      await trySend(deviceId, () => sendCommand(deviceId, command))
      return command.id
    },
  }
}

import { Command } from 'commander'
import { deviceLog } from '../devices/device-log.ts'
import { listDevices } from '../devices/list-devices.ts'
import { allPages } from './all-pages.ts'
import { printRows } from './print-rows.ts'
import { withDatabase } from './with-database.ts'

/** `devices`: the boxes in the cars. */
export const devicesCommand = (): Command =>
  new Command('devices')
    .description('the boxes in the cars')
    .addCommand(
      new Command('list')
        .description('list them with their vehicle, driver and when they were last seen')
        .option('--json', 'an object a line')
        .action(async ({ json }: { json?: boolean }) => {
          const devices = await withDatabase(({ db }) => allPages((query) => listDevices(db, query)))
          const rows = json ? devices : devices.map((device) => ({ ...device, vehicle: device.vehicle.name }))
          printRows(rows, { json: json === true, none: 'No devices yet.' })
        }),
    )
    .addCommand(
      new Command('log')
        .description('list which records of a device are stored, by lane and boot')
        .argument('<device>', 'its id, DEV-…')
        .option('--json', 'an object a line')
        .action(async (device: string, { json }: { json?: true }) => {
          const ranges = await withDatabase(({ db }) => deviceLog(db, device))
          printRows(ranges, { json: json === true, none: `Nothing of "${device}" is stored.` })
        }),
    )

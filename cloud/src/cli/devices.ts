import { Command } from 'commander'
import { listDevices } from '../devices/list-devices.ts'
import { allPages } from './all-pages.ts'
import { printRows } from './print-rows.ts'
import { withDatabase } from './with-database.ts'

/** `devices`: the boxes in the cars. */
export const devicesCommand = (): Command =>
  new Command('devices').description('the boxes in the cars').addCommand(
    new Command('list')
      .description('list them with their vehicle, driver and when they were last seen')
      .option('--json', 'an object a line')
      .action(async ({ json }: { json?: boolean }) => {
        const devices = await withDatabase(({ db }) => allPages((query) => listDevices(db, query)))
        const rows = json ? devices : devices.map((device) => ({ ...device, vehicle: device.vehicle.name }))
        printRows(rows, { json: json === true, none: 'No devices yet.' })
      }),
  )

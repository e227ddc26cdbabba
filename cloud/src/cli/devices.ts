import { Command } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** `devices`: the boxes in the cars. */
export const devicesCommand = (): Command =>
  new Command('devices')
    .description('the boxes in the cars')
    .addCommand(
      new Command('list')
        .description('list them with their vehicle, driver and when they were last seen')
        .option('--json', 'an object a line')
        .action(async ({ json }: { json?: boolean }) => {
          const devices = await runCommand('devices list', {})
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
          const ranges = await runCommand('devices log', { device })
          printRows(ranges, { json: json === true, none: `Nothing of "${device}" is stored.` })
        }),
    )
    .addCommand(
      new Command('revoke')
        .description(
          'refuse a device at every log-in from now on; at a Mosquitto once "broker mosquitto" was run again',
        )
        .argument('<device>', 'its id, DEV-…')
        .action(async (device: string) => {
          await runCommand('devices revoke', { device })
          console.error(`${device} is refused from now on.`)
        }),
    )

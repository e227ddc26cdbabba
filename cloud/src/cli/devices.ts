import type { DeviceChain } from '@fairmile/contract/http/device-care.ts'
import { Command } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** `devices`: the boxes in the cars. */
export const devicesCommand = (): Command =>
  new Command('devices')
    .description('the boxes in the cars')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud devices list
  fairmile-cloud devices gaps DEV-0001        what of its log is not here
  fairmile-cloud devices revoke DEV-0001
`,
    )
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
        .option('--json', 'one object')
        .action(async (device: string, { json }: { json?: true }) => {
          const revoked = await runCommand('devices revoke', { device })
          if (json) process.stdout.write(`${JSON.stringify(revoked)}\n`)
          else console.error(`${device} is refused from now on.`)
        }),
    )
    .addCommand(
      new Command('gaps')
        .description(
          'tell what of a device’s log is not here: dropped, refused and missing numbers, open ends of its chain',
        )
        .argument('<device>', 'its id, DEV-…')
        .option('--all', 'lanes that are whole, too')
        .option('--json', 'an object a line')
        .action(async (device: string, { all, json }: { all?: true; json?: true }) => {
          const chains = await runCommand('devices gaps', { device })
          const shown = all ? chains : chains.filter((chain) => !isWhole(chain))
          const ranges = (missing: (typeof chains)[number]['missing']) =>
            missing
              .map(({ firstSeq, lastSeq }) => (firstSeq === lastSeq ? firstSeq : `${firstSeq}–${lastSeq}`))
              .join(' ')
          const rows = json
            ? shown
            : shown.map(({ missing, openEnds, ...row }) => ({
                ...row,
                missing: ranges(missing),
                openEnds: openEnds.join(' '),
              }))
          const none = chains.length === 0 ? `Nothing of "${device}" is here.` : `The log of "${device}" is whole.`
          printRows(rows, { json: json === true, none })
        }),
    )

const isWhole = ({ dropped, rejected, missing, openEnds }: DeviceChain): boolean =>
  dropped === 0 && rejected === 0 && missing.length === 0 && openEnds.length === 0

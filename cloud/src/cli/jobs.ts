import { Command } from 'commander'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** `jobs`: what recurs. */
export const jobsCommand = (): Command =>
  new Command('jobs')
    .description('what recurs: partitions, measures, retention')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud jobs list
  fairmile-cloud jobs list --json
`,
    )
    .addCommand(
      new Command('list')
        .description('list the jobs with their schedules (UTC) and their newest runs')
        .option('--json', 'an object a line')
        .action(async (options: { json?: boolean }) => {
          printRows(await runCommand('jobs list', {}), { ...options, none: 'No jobs: no worker has started yet.' })
        }),
    )

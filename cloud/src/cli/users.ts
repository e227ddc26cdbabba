import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { hashPassword } from '../auth/passwords.ts'
import { UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** Shortest password of an admin (NIST SP 800-63B-4, single factor). */
const minPasswordLength = 15

/** `users`: the log-ins. */
export const usersCommand = (): Command =>
  new Command('users')
    .description('the log-ins')
    .addCommand(
      new Command('list')
        .description('list them with their roles')
        .option('--json', 'an object a line')
        .action(async (options: { json?: boolean }) => {
          const rows = await runCommand('users list', {})
          printRows(rows, { ...options, none: 'No users yet.' })
        }),
    )
    .addCommand(
      new Command('add-admin')
        .description('add a log-in for an admin; drivers get theirs when they are created')
        .argument('<email>')
        .requiredOption('--name <name>', 'how to call them')
        .requiredOption('--password-file <file>', 'file with the password; - reads it from stdin')
        .action(async (email: string, { name, passwordFile }: { name: string; passwordFile: string }) => {
          const passwordHash = await hashPassword(readPassword(passwordFile))
          const user = await runCommand('users add-admin', { email, name, passwordHash })
          if (!user) throw new UsageError(`Adding the admin "${email}": there is a log-in of that address already`)
          process.stderr.write(`${user.email} can log in as an admin.\n`)
        }),
    )
    .addCommand(
      new Command('set-password')
        .description('set the password of a log-in, which no admin then knows; its sessions end')
        .argument('<email>')
        .requiredOption('--password-file <file>', 'file with the password; - reads it from stdin')
        .action(async (email: string, { passwordFile }: { passwordFile: string }) => {
          const passwordHash = await hashPassword(readPassword(passwordFile))
          if (!(await runCommand('users set-password', { email, passwordHash })))
            throw new UsageError(`Setting the password of "${email}": there is no log-in of that address`)
          process.stderr.write(`${email} has a new password; the sessions have ended.\n`)
        }),
    )

function readPassword(file: string): string {
  let password: string
  try {
    password = readFileSync(file === '-' ? 0 : file, 'utf8').trim()
  } catch (cause) {
    throw new UsageError(`Reading the password from "${file}": ${String(cause)}`, { cause })
  }
  if (password.length < minPasswordLength)
    throw new UsageError(`Reading the password from "${file}": at least ${minPasswordLength} characters are needed`)
  return password
}

import { readConfig } from '../config.ts'
import { askServer } from '../control/ask.ts'
import { type CommandName, type InputOf, type ResultOf, runOnDatabase } from '../control/commands.ts'
import { FolderInUseError } from '../db/folder-lock.ts'
import { withDatabase } from './with-database.ts'

/** Runs a command on the database that the environment names; where a server holds the embedded one, the server runs it. */
export async function runCommand<Name extends CommandName>(name: Name, input: InputOf<Name>): Promise<ResultOf<Name>> {
  const run = () => withDatabase((database) => runOnDatabase(database, name, input))
  const result = await run().catch((error: unknown) => {
    if (!(error instanceof FolderInUseError)) throw error
    return askServer({ folder: readConfig(process.env).dataDir, command: name, input, inUse: error })
  })
  return result as ResultOf<Name>
}

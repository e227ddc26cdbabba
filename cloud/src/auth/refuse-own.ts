import type { Database } from '../db/database.ts'
import { ProblemError } from '../http/problem.ts'
import { handsOf, handsOfDrivers, otherHands, shareHands } from './hands.ts'

/** What an admin does for drivers, or against them. */
interface Matter {
  /** Id of the user who does it. */
  by: string
  driverIds: readonly string[]
  /** What is refused, as a sentence begins: `You do not change policy "POL-1"`. */
  refused: string
}

/** Nobody acts in their own matter. @throws ProblemError `forbidden` where one person may be behind the log-in of the admin and that of a driver */
export async function refuseOwn(db: Pick<Database, 'select'>, { by, driverIds, refused }: Matter): Promise<void> {
  if (!shareHands(await handsOf(db, by), await handsOfDrivers(db, driverIds))) return
  const who = 'a driver whom it concerns may be at this log-in, or you at theirs'
  throw new ProblemError('forbidden', `${refused}: ${who}. ${otherHands}`)
}

import type { Database } from '../db/database.ts'
import { ProblemError } from '../http/problem.ts'
import { handsOf, logInsOfDrivers, otherHands, shareHands } from './hands.ts'

/** What an admin does for drivers, or against them. */
interface Matter {
  /** Id of the user who does it. */
  by: string
  driverIds: readonly string[]
  /** What is refused, as a sentence begins: `You do not change policy "POL-1"`. */
  refused: string
}

/**
 * Nobody acts in their own matter. Who set a driver's first password is not taken for the driver: in a company without mail that is who registers them all.
 *
 * @throws ProblemError `forbidden` where a driver whom it concerns is the admin, or may know the admin's password
 */
export async function refuseOwn(db: Pick<Database, 'select'>, { by, driverIds, refused }: Matter): Promise<void> {
  if (!shareHands(await handsOf(db, by), await logInsOfDrivers(db, driverIds))) return
  throw new ProblemError('forbidden', `${refused}: a driver whom it concerns may be at this log-in. ${otherHands}`)
}

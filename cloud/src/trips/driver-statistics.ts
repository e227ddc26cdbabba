import type { Handler } from '../events/consumers.ts'
import { addUpDrivers } from './add-up-drivers.ts'

/** Adds a driver's trips up anew after each trip that ended, changed or was given to another. */
export function createStatisticsConsumer(): Handler {
  return async (tx, event) => {
    if (event.type !== 'TripCompleted') return
    const [failure] = await addUpDrivers(tx, [event.data.driverId])
    if (failure) throw new Error(`Adding up the trips of "${failure.driverId}": ${failure.error}`)
  }
}

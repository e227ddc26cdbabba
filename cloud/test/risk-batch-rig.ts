import assert from 'node:assert/strict'
import type { OpenDatabase } from '../src/db/open.ts'
import { trips } from '../src/db/schema/trips.ts'
import { claimRiskJob, createRiskJob, type RiskJobAsk } from '../src/risk/batch/jobs.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { tripOf } from './batch-trips.ts'
import { addDevice, type TestDevice } from './devices.ts'

export const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
export const everybody: RiskJobAsk = { driverIds: null, periodDays: 30, batchSize: 2, requestedBy: 'a test' }

/** Five drivers with their cars, of whom the last has no trip, and the jobs that score them. */
export async function riskBatchRig(database: OpenDatabase) {
  const { db } = database
  const devices: TestDevice[] = []
  for (let n = 1; n <= 5; n++) devices.push(await addDevice(db, n))
  for (const device of devices.slice(0, 4))
    await db
      .insert(trips)
      .values([0, 1, 2, 5, 9, 20, 40].map((n) => tripOf(device, n + Number(device.driverId.at(-1)))))
  let runners = 0
  /** Takes a job as another runner each time; null where it is not free. */
  const take = async (id: number, nowMs?: number) =>
    claimRiskJob(db, { runner: `runner ${++runners}`, id, ...(nowMs !== undefined && { nowMs }) })
  /** Runs a job from the asking to its end. */
  const run = async (ask: Partial<RiskJobAsk> = {}) => {
    const { id } = await createRiskJob(db, { ...everybody, ...ask })
    const job = (await take(id)) ?? assert.fail('the job is not free')
    return (await runRiskJob({ database, job, model })) ?? assert.fail('the job was given back')
  }
  const counts = ({ scored, unchanged, unscored, failed, total }: Awaited<ReturnType<typeof run>>) => ({
    ...{ scored, unchanged, unscored, failed, total },
  })
  return { devices, take, run, counts }
}

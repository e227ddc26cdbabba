import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { createSimulation } from '@fairmile/models/pricing/simulate.ts'
import type { Simulation } from '@fairmile/models/pricing/simulation.ts'
import { messageOf, UsageError } from '../errors.ts'
import { openDriverModel } from '../risk/driver-model.ts'

/**
 * Simulates a plan over receipts in files, without a database: each has its trips and its plan.
 *
 * @throws {UsageError} where one cannot be read, or there is none
 */
export async function simulateReceipts({
  plan,
  path,
  assume,
}: {
  plan: RatingPlan
  path: string
  assume: Rated
}): Promise<Simulation> {
  const model = await openDriverModel()
  if (!model) throw new UsageError('Simulating over receipts: this release has no driver model that can be used')
  try {
    const simulation = createSimulation({ plan, model, assume })
    for (const file of filesOf(path)) {
      const receipt = readReceipt(file)
      const { policyId, driverId, plan: before, rated = {}, term, trips, renewedFrom } = receipt
      const { carried, endorsementOf } = receipt.format === 'fairmile-receipt/2' ? receipt : {}
      const carriedPpm = carried?.relativityPpm
      const { startsAt, days } = term
      simulation.add({
        ...{ policyId, driverId, before, rated, startsAt, days, trips, carriedPpm, renewedFrom, endorsementOf },
      })
    }
    return simulation.result()
  } finally {
    await model.close()
  }
}

function filesOf(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const files = readdirSync(path).filter((name) => name.endsWith('.json'))
    if (files.length > 0) return files.toSorted().map((name) => join(path, name))
  } catch (cause) {
    throw new UsageError(`Reading receipts from "${path}": ${messageOf(cause)}`, { cause })
  }
  throw new UsageError(`Reading receipts from "${path}": there is no *.json in it`)
}

function readReceipt(file: string): Receipt {
  try {
    const receipt = JSON.parse(readFileSync(file, 'utf8')) as Receipt
    if (typeof receipt.format === 'string' && Array.isArray(receipt.trips)) return receipt
    throw new Error('it is no receipt')
  } catch (cause) {
    throw new UsageError(`Reading the receipt "${file}": ${messageOf(cause)}`, { cause })
  }
}

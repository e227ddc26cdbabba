import type { ReceiptFeature } from '@fairmile/contract/receipt.ts'
import { explainerOf } from '@fairmile/models/explain/explainer-of.ts'
import { knownDriverFeatures } from '@fairmile/models/features/driver.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { portfolioMargin } from '@fairmile/models/scoring/manifest.ts'
import type { Database } from '../db/database.ts'
import { scoreColumns } from '../db/schema/pricing.ts'

const unitOf = new Map(knownDriverFeatures.map(({ name, unit }) => [name, unit]))

/** Says once of each model what the numbers of its scores are. */
export async function keepColumns(db: Database, { manifest, modelHash, trees }: PricingModel): Promise<void> {
  const values = { names: [...manifest.features], base: explainerOf(trees).base }
  await db
    .insert(scoreColumns)
    .values({ modelHash, ...values, portfolioMargin: portfolioMargin(manifest) })
    .onConflictDoNothing()
}

/** The features of `count` rows from the `from`-th on as they are stored, 32 bits each, least byte first; all that is unknown is the same NaN. */
export function packFeatures(rows: Float32Array, from = 0, count = rows.length): Buffer {
  const bytes = Buffer.allocUnsafe(count * 4)
  for (let index = 0; index < count; index++) {
    const value = rows[from + index]!
    if (Number.isNaN(value)) bytes.writeUInt32LE(0x7f_c0_00_00, index * 4)
    else bytes.writeFloatLE(value, index * 4)
  }
  return bytes
}

/** Their parts of the margin as they are stored, 64 bits each. */
export function packShap(values: Float64Array | readonly number[], from = 0, count = values.length): Buffer {
  const bytes = Buffer.allocUnsafe(count * 8)
  for (let index = 0; index < count; index++) bytes.writeDoubleLE(values[from + index]!, index * 8)
  return bytes
}

/** Features by name, as they were stored; null is unknown. */
export function unpackFeatures(row: Uint8Array, names: readonly string[]): Record<string, number | null> {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength)
  return Object.fromEntries(
    names.map((name, index) => {
      const value = view.getFloat32(index * 4, true)
      return [name, Number.isNaN(value) ? null : value]
    }),
  )
}

/** Features with their parts of the margin, as they were stored, in the order of the model's columns. */
export function unpackScore(
  { featureRow, shapRow }: { featureRow: Uint8Array; shapRow: Uint8Array },
  names: readonly string[],
): ReceiptFeature[] {
  const features = unpackFeatures(featureRow, names)
  const shap = new DataView(shapRow.buffer, shapRow.byteOffset, shapRow.byteLength)
  return names.map((name, index) => ({
    name,
    unit: unitOf.get(name) ?? '',
    value: features[name] ?? null,
    shap: shap.getFloat64(index * 8, true),
  }))
}

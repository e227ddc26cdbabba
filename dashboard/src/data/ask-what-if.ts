import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import type { Receipt, ReceiptFeature } from '@fairmile/contract/receipt.ts'
import { type WhatIf, whatIf } from '@fairmile/models/explain/what-if.ts'
import { type ChangedFeature, changeRow, type FeatureChange } from '@fairmile/models/explain/what-if-changes.ts'
import { type WhatIfPrice, whatIfPrice } from '@fairmile/models/explain/what-if-price.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'

/** What a question is answered from. */
export interface WhatIfSources {
  reasons: DriverReasons
  /** The newest receipt, null before the first: without it no price is told. */
  receipt: Receipt | null
  model: PricingModel
  infer: Infer
}

/** What changes would do. */
export interface WhatIfAnswer extends WhatIf {
  changed: ChangedFeature[]
  /** Null without a receipt by this model. */
  price: WhatIfPrice | null
}

/** Scores and prices the driver with changed features, in this browser alone. @throws ImpossibleChange for what cannot be */
export async function askWhatIf(sources: WhatIfSources, changes: readonly FeatureChange[]): Promise<WhatIfAnswer> {
  const { reasons, receipt, model, infer } = sources
  const { manifest } = model
  const before = rowOf(
    manifest.features,
    reasons.features.map(({ feature, value }) => ({ name: feature, value })),
  )
  const { row: after, changed } = changeRow(manifest.features, before, changes)
  const { judgedKm } = reasons
  const told = await whatIf({ manifest, infer }, { before, after, judgedKm })
  return { ...told, changed, price: receipt && priceOf(receipt, model, changes) }
}

/** The price goes by the term's features, as its receipt does; the same is changed in them. */
function priceOf(receipt: Receipt, model: PricingModel, changes: readonly FeatureChange[]): WhatIfPrice | null {
  const { features } = model.manifest
  const { row } = changeRow(features, rowOf(features, receipt.features), changes)
  return whatIfPrice({ receipt, model }, { row })
}

function rowOf(names: readonly string[], features: readonly Pick<ReceiptFeature, 'name' | 'value'>[]): Float32Array {
  const values = new Map(features.map(({ name, value }) => [name, value]))
  return Float32Array.from(names, (name) => values.get(name) ?? Number.NaN)
}

import type { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import type { Receipt, ReceiptFeature } from '@fairmile/contract/receipt.ts'
import { type WhatIf, whatIf } from '@fairmile/models/explain/what-if.ts'
import {
  type ChangedFeature,
  changeRow,
  type FeatureChange,
  ImpossibleChange,
} from '@fairmile/models/explain/what-if-changes.ts'
import { changesInTerm } from '@fairmile/models/explain/what-if-in-term.ts'
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
  /** Null without a receipt by this model, and where the change cannot be one of the term. */
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
  return { ...told, changed, price: receipt && priceOf({ receipt, model }, { changes, score: before }) }
}

/** The price goes by the term's features, as its receipt does; the same is changed in them, as far as they are not there already. */
function priceOf(
  { receipt, model }: { receipt: Receipt; model: PricingModel },
  { changes, score }: { changes: readonly FeatureChange[]; score: Float32Array },
): WhatIfPrice | null {
  const { features } = model.manifest
  const term = rowOf(features, receipt.features)
  try {
    const { row } = changeRow(features, term, changesInTerm(features, changes, { score, term }))
    return whatIfPrice({ receipt, model }, { row })
  } catch (error) {
    if (error instanceof ImpossibleChange) return null
    throw error
  }
}

function rowOf(names: readonly string[], features: readonly Pick<ReceiptFeature, 'name' | 'value'>[]): Float32Array {
  const values = new Map(features.map(({ name, value }) => [name, value]))
  return Float32Array.from(names, (name) => values.get(name) ?? Number.NaN)
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secondPlanExample } from '@fairmile/models/pricing/pricing-example.ts'
import { issueReceipt } from '@fairmile/models/pricing/receipt.ts'
import { sampleInput } from '../../demos/samples/pricing.ts'
import { reasonsModel as model, reasonsBy, receiptBy } from '../../demos/samples/reasons.ts'
import { askWhatIf } from './ask-what-if.ts'
import { treeEngine } from './score-engine.ts'

test('askWhatIf prices by the classes and limits of the newest receipt, and nothing without a receipt', async () => {
  const { trips } = receiptBy(model)
  const rated = { jurisdiction: 'DE', classes: { vehicle: 'large' } }
  const renewedFrom = { receiptId: 'RCP-1', behaviourFactorPpm: 800_000, factorInForcePpm: 800_000 }
  const second = { plan: secondPlanExample(), rated, renewedFrom }
  const { receipt, premium } = issueReceipt({ ...sampleInput, ...second, model, trips })
  const sources = { reasons: reasonsBy(model), receipt, model, infer: treeEngine(model) }
  const { price } = await askWhatIf(sources, [{ feature: 'harsh_braking_rate', to: 0 }])
  assert.equal(price?.beforeMinor, premium.monthMinor)
  assert.ok(price.afterMinor < price.beforeMinor)
  const unpriced = await askWhatIf({ ...sources, receipt: null }, [{ feature: 'harsh_braking_rate', to: 0 }])
  assert.equal(unpriced.price, null)
})

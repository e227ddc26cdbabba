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

test('askWhatIf asks nothing of a term that is there already, and tells no price of one that cannot be driven so', async () => {
  const { trips } = receiptBy(model)
  const { receipt } = issueReceipt({ ...sampleInput, model, trips })
  const reasons = reasonsBy(model)
  const termOf = (values: Record<string, number>) => ({
    ...receipt,
    features: receipt.features.map((feature) => ({ ...feature, value: values[feature.name] ?? feature.value })),
  })
  const priceOf = async (values: Record<string, number>, feature: string, to: number) =>
    (await askWhatIf({ reasons, receipt: termOf(values), model, infer: treeEngine(model) }, [{ feature, to }])).price
  const rate = reasons.features.find(({ feature }) => feature === 'harsh_braking_rate')?.value ?? assert.fail()
  const calm = { harsh_braking_rate: 0 }
  const [least, slightly] = [
    await priceOf(calm, 'harsh_braking_rate', 0),
    await priceOf(calm, 'harsh_braking_rate', rate * 0.99),
  ]
  assert.equal(slightly?.afterMinor, least?.afterMinor)
  const cornering = reasons.features.find(({ feature }) => feature === 'cornering_share')?.value ?? assert.fail()
  const gentle = { cornering_share: 0, gentle_cornering_share: 1 }
  assert.equal(await priceOf(gentle, 'cornering_share', cornering + 0.001), null)
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { receiptId, sealOf } from '@fairmile/models/pricing/receipt.ts'
import { sampleIssuer, sampleModel, samplePlan, sampleReceipt } from '../../demos/samples/pricing.ts'
import { checkReceipt, sha256Hex } from './check-receipt.ts'

describe('sha256Hex', () => {
  it('is SHA-256 of the UTF-8 bytes', () => {
    for (const text of ['', 'abc', 'Fährmeile €']) {
      assert.equal(sha256Hex(text), createHash('sha256').update(text).digest('hex'))
    }
  })
})

describe('checkReceipt', () => {
  const known = { model: sampleModel, plans: [samplePlan], before: [], keys: [sampleIssuer] }
  const step = (changes: Partial<ReceiptV2>, { model }: { model: typeof sampleModel | null }) => {
    const verdict = checkReceipt({ ...sampleReceipt, ...changes }, { ...known, model })
    return 'differs' in verdict ? verdict.differs.step : null
  }

  it('finds a true receipt right, and says where it had no model', () => {
    const [whole, without] = [sampleModel, null].map((model) => checkReceipt(sampleReceipt, { ...known, model }))
    assert.deepEqual(whole?.ok && whole.unchecked, [])
    assert.deepEqual(without?.ok && without.unchecked, ['model'])
  })

  it('names the step that was changed, with and without the model', () => {
    const { steps, premiumMinor } = sampleReceipt
    const changed = steps.map((each) => (each.name === 'discount' ? { ...each, value: each.value + 1 } : each))
    for (const model of [sampleModel, null]) {
      assert.equal(step({ steps: changed }, { model }), 'discount')
      assert.equal(step({ premiumMinor: premiumMinor + 1 }, { model }), 'premium in minor units')
      assert.equal(step({ driverId: 'DRV-0002' }, { model }), 'seal')
    }
  })

  it('finds a margin that the model does not give, where the model is at hand', () => {
    assert.equal(step({ margin: sampleReceipt.margin + 1e-5 }, { model: sampleModel }), 'margin')
  })

  it('takes no signature but that of a published key', () => {
    const signature = `${sampleReceipt.signature.slice(0, -1)}${sampleReceipt.signature.endsWith('0') ? 1 : 0}`
    assert.equal(step({ signature }, { model: sampleModel }), 'signature')
    const others = checkReceipt(sampleReceipt, { ...known, keys: [] })
    assert.equal('differs' in others && others.differs.step, 'issuer')
    const verdict = checkReceipt(sampleReceipt, { ...known, keys: null })
    assert.deepEqual(verdict.ok && verdict.unchecked, ['issuer'])
  })

  it('finds nothing right that nobody signed, where the published keys are at hand', () => {
    const { salt: _salt, issuer: _issuer, ledger: _ledger, signature: _signature, ...rest } = sampleReceipt
    const { carried: _carried, rulings: _rulings, steps, ...content } = rest
    const last = steps.findIndex(({ name }) => name === 'billed_before')
    const inFirstFormat = steps.slice(0, last).map((step) => {
      if (step.name === 'highest_before')
        return { ...step, name: 'before', formula: 'what the term had cost at the receipt before', value: 0 }
      return step.name === 'premium' ? { ...step, formula: 'max(computed, before)' } : step
    })
    const unsealed = { ...content, format: 'fairmile-receipt/1' as const, before: null, steps: inFirstFormat }
    const seal = sealOf(unsealed, sha256Hex)
    const forged = { ...unsealed, seal, id: receiptId(seal) }
    const unchecked = ['signature', 'issuer']
    assert.deepEqual(checkReceipt(forged, known), { ok: false, unsigned: true, unchecked })
    const believed = checkReceipt(forged, { ...known, keys: null })
    assert.deepEqual(believed.ok && believed.unchecked, unchecked)
  })

  it('takes no plan but a published one', () => {
    const verdict = checkReceipt(sampleReceipt, { ...known, plans: [] })
    assert.equal('differs' in verdict && verdict.differs.step, 'plan')
  })
})

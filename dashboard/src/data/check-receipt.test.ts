import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { sampleModel, sampleReceipt } from '../../demos/samples/pricing.ts'
import { checkReceipt, sha256Hex } from './check-receipt.ts'

describe('sha256Hex', () => {
  it('is SHA-256 of the UTF-8 bytes', () => {
    for (const text of ['', 'abc', 'Fährmeile €']) {
      assert.equal(sha256Hex(text), createHash('sha256').update(text).digest('hex'))
    }
  })
})

describe('checkReceipt', () => {
  it('finds a true receipt the same, with and without its model', () => {
    assert.equal(checkReceipt(sampleReceipt, sampleModel).verdict, 'same')
    assert.equal(checkReceipt(sampleReceipt, null).verdict, 'same-without-model')
  })

  it('names the step that was changed, with and without the model', () => {
    const steps = sampleReceipt.steps.map((step) =>
      step.name === 'discount' ? { ...step, value: step.value + 1 } : step,
    )
    for (const model of [sampleModel, null]) {
      const result = checkReceipt({ ...sampleReceipt, steps }, model)
      assert.equal(result.verdict === 'differs' && result.differs.step, 'discount')
    }
  })

  it('finds a cent on the premium and a changed driver', () => {
    for (const model of [sampleModel, null]) {
      const dearer = checkReceipt({ ...sampleReceipt, premiumMinor: sampleReceipt.premiumMinor + 1 }, model)
      assert.equal(dearer.verdict === 'differs' && dearer.differs.step, 'premium in minor units')
      const other = checkReceipt({ ...sampleReceipt, driverId: 'DRV-0002' }, model)
      assert.equal(other.verdict === 'differs' && other.differs.step, 'seal')
    }
  })

  it('finds a margin that the model does not give, where the model is at hand', () => {
    const result = checkReceipt({ ...sampleReceipt, margin: sampleReceipt.margin + 0.01 }, sampleModel)
    assert.equal(result.verdict === 'differs' && result.differs.step, 'margin')
  })
})

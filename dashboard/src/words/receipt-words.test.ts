import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleReceipt } from '../../demos/samples/pricing.ts'
import { exactValue, mainSteps, stepValue, stepWords } from './receipt-words.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('receipt words', () => {
  it('has a reason for every step of a receipt, and every main step is one', () => {
    for (const { name } of sampleReceipt.steps) assert.notEqual(stepWords(name).why, '', name)
    const names = new Set(sampleReceipt.steps.map(({ name }) => name))
    for (const name of mainSteps) assert.ok(names.has(name), name)
  })

  it('tells values in units of everyday life and exactly', () => {
    assert.equal(plain(stepValue({ name: 'distance', unit: 'm', value: 18_400 }, 'EUR')), '18.4 km')
    assert.equal(stepValue({ name: 'usage_charge', unit: 'micro', value: 2_304_000_000 }, 'EUR'), '€23.04')
    assert.equal(stepValue({ name: 'clean_discount', unit: 'micro', value: 411_000_000 }, 'EUR'), '−€4.11')
    assert.equal(exactValue({ unit: 'ppm', value: 196_190 }), '196,190 parts per million')
  })

  it('names the coverage of a relativity', () => {
    assert.equal(stepWords('model_relativity of theft and hail').title, 'Expected claims on theft and hail')
  })

  it('goes by the name of a step that it does not know', () => {
    assert.deepEqual(stepWords('night_charge'), { title: 'Night charge', why: '' })
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseRewardCatalogue } from './parse-catalogue.ts'
import { jurisdictionOf, refusalOf } from './redemption.ts'

const catalogue = parseRewardCatalogue(
  readFileSync(new URL('../../rewards/fairmile-rewards-1.json', import.meta.url), 'utf8'),
)
const offer = (id: string) => catalogue.offers.find((known) => known.id === id) ?? assert.fail()
const jurisdiction = (id: string) => catalogue.jurisdictions.find((known) => known.id === id) ?? assert.fail()

test('refusalOf allows what the jurisdiction does, up to the most a year', () => {
  const rich = { jurisdiction: jurisdiction('small-gifts'), balance: 9000, givenMinor: 0 }
  assert.equal(refusalOf(offer('safety-course'), rich), null)
  assert.equal(refusalOf(offer('safety-course'), { ...rich, givenMinor: 1 }), 'over_the_year')
  assert.equal(refusalOf(offer('safety-course'), { ...rich, balance: 1199 }), 'balance_too_low')
  assert.equal(refusalOf(offer('deductible-25'), rich), 'kind_not_allowed')
  assert.equal(refusalOf(offer('deductible-25'), { ...rich, jurisdiction: jurisdiction('rebates') }), null)
  assert.equal(refusalOf({ ...offer('car-wash'), currency: 'USD' }, rich), 'other_currency')
  assert.equal(refusalOf(offer('road-safety-donation'), { ...rich, givenMinor: 1500 }), null)
})

test('jurisdictionOf takes the strictest of the plans, and donations alone for none', () => {
  const both = { ...catalogue, plans: { a: 'rebates', b: 'small-gifts' } }
  assert.equal(jurisdictionOf(both, ['a']).id, 'rebates')
  assert.equal(jurisdictionOf(both, ['a', 'b']).id, 'small-gifts')
  assert.equal(jurisdictionOf(both, ['a', 'unknown']).id, 'none')
  assert.equal(jurisdictionOf(both, []).id, 'none')
})

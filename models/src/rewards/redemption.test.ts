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

test('jurisdictionOf takes the strictest of the policies, and donations alone for none', () => {
  const both = { ...catalogue, plans: { a: 'rebates', b: 'small-gifts' } }
  const of = (...planIds: string[]) =>
    jurisdictionOf(
      both,
      planIds.map((planId) => ({ planId, place: null })),
    ).id
  assert.deepEqual([of('a'), of('a', 'b'), of('a', 'unknown'), of()], ['rebates', 'small-gifts', 'none', 'none'])
})

test('jurisdictionOf allows of several what each of them does', () => {
  const base = jurisdiction('rebates')
  const some = {
    ...catalogue,
    jurisdictions: [
      { ...base, id: 'gifts', kinds: ['voucher', 'donation'] as const, mostValueMinorAYear: 1500 },
      { ...base, id: 'credits', kinds: ['deductible_credit', 'donation'] as const, mostValueMinorAYear: 2500 },
      { ...base, id: 'counting', kinds: ['voucher', 'donation'] as const, uncountedKinds: [] },
      { ...base, id: 'dollars', currency: 'USD' },
    ].map((each) => ({ ...each, kinds: [...each.kinds] })),
    plans: { gifts: 'gifts', credits: 'credits', counting: 'counting', dollars: 'dollars' },
  }
  const of = (...planIds: string[]) =>
    jurisdictionOf(
      some,
      planIds.map((planId) => ({ planId, place: null })),
    )
  const told = (...planIds: string[]) => {
    const { id, kinds, uncountedKinds, mostValueMinorAYear } = of(...planIds)
    return [id, kinds, uncountedKinds, mostValueMinorAYear]
  }
  for (const both of [['gifts', 'credits'] as const, ['credits', 'gifts'] as const])
    assert.deepEqual(told(...both), ['gifts+credits', ['donation'], ['donation'], 1500])
  const rich = { balance: 9000, givenMinor: 0 }
  for (const kind of ['car-wash', 'deductible-25'])
    assert.equal(refusalOf(offer(kind), { jurisdiction: of('credits', 'gifts'), ...rich }), 'kind_not_allowed')
  assert.deepEqual(told('gifts', 'counting'), ['gifts+counting', ['voucher', 'donation'], [], 1500])
  // In no currency both let anything be given that counts.
  assert.deepEqual(told('gifts', 'dollars'), ['gifts+dollars', ['voucher', 'donation'], ['donation'], 0])
  assert.equal(refusalOf(offer('car-wash'), { jurisdiction: of('gifts', 'dollars'), ...rich }), 'over_the_year')
  assert.equal(refusalOf(offer('road-safety-donation'), { jurisdiction: of('gifts', 'dollars'), ...rich }), null)
})

test('jurisdictionOf goes by the place of a policy and not by its plan, where it tells one', () => {
  const some = { ...catalogue, places: { DE: 'small-gifts', 'US-NV': 'rebates' }, plans: { a: 'rebates' } }
  const of = (...places: (string | null)[]) =>
    jurisdictionOf(
      some,
      places.map((place) => ({ planId: 'a', place })),
    ).id
  assert.deepEqual([of('DE'), of('US-NV'), of(null), of('FR')], ['small-gifts', 'rebates', 'rebates', 'none'])
  assert.deepEqual([of('US-NV', 'DE'), of('constructor')], ['small-gifts', 'none'])
})

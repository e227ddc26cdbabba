import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import first from '../../../models/plans/fairmile-1.json' with { type: 'json' }
import second from '../../../models/plans/fairmile-2.json' with { type: 'json' }
import { planFacts, switchWords } from './plan-words.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const factsOf = (plan: unknown) =>
  Object.fromEntries(planFacts(checkRatingPlan(plan)).map(({ title, says }) => [title, plain(says)]))

test('planFacts says what a plan of either format does', () => {
  const old = factsOf(first)
  assert.equal(old.Discount, 'up to 45 % for clean trips')
  assert.equal(old['Theft and hail'], '€0.11 a day, whatever the driving')
  const now = factsOf(second)
  assert.equal(now.Discount, 'up to 45 % for clean stretches of 10 km; 1 harsh brake in 1,000 km forgiven')
  assert.equal(now.Liability, '€2.40 for 100 km, moved by how the car is driven, a claim costs €6,000.00 on average')
  assert.equal(now['By vehicle'], 'small 90 %, middle 100 %, large 115 %')
  assert.equal(now.Fees, 'issue of the policy €5.00')
})

test('switchWords says what the law of a place does', () => {
  const words = (code: string): string =>
    plain(switchWords(checkRatingPlan(second).jurisdictions!.find((place) => place.code === code)!).join(' '))
  assert.equal(words('US-CA'), 'Only kilometres are rated: no factor and no discount.')
  assert.match(words('EU-default'), /Nobody pays more .* Not rated: night driving, rush hours and weekends\./)
  assert.match(
    words('DE'),
    /by at most 25 %\. At renewal it moves by at most 20 %\. A rise waits for 30 days of notice\. 19 % insurance tax on top\./,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPortfolio } from './check-portfolio.ts'
import { perversePay } from './perverse-pay.ts'
import { portfolios } from './portfolios.ts'

test('every receipt of a random policy verifies, and no rule of prices and ledgers is broken', () => {
  fc.assert(
    fc.property(portfolios, (portfolio) => assert.deepEqual([...checkPortfolio(portfolio)], [])),
    { seed: 17, numRuns: 300 },
  )
})

test('driving on, another event and a cut never lower a total under the shipped model and plans', () => {
  const found = perversePay({ runs: 100, seed: 17 })
  assert.deepEqual(Object.keys(found), ['fairmile-1', 'fairmile-2 DE', 'fairmile-2 FR'])
  const none = { drivenOnLower: 0, eventLower: 0, cutLower: 0, portfolios: 100 }
  for (const [where, figures] of Object.entries(found)) assert.partialDeepStrictEqual(figures, none, where)
})

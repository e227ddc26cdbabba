import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPortfolio } from './check-portfolio.ts'
import { cleanKilometres } from './clean-kilometres.ts'
import { portfolios } from './portfolios.ts'

test('every receipt of a random policy verifies, and no rule of prices and ledgers is broken', () => {
  fc.assert(
    fc.property(portfolios, (portfolio) => assert.deepEqual([...checkPortfolio(portfolio)], [])),
    { seed: 17, numRuns: 300 },
  )
})

test('driving on never lowers a total under the shipped model and plans', () => {
  const found = cleanKilometres({ runs: 100, seed: 17 })
  assert.deepEqual(Object.keys(found), ['fairmile-1', 'fairmile-2 DE', 'fairmile-2 FR'])
  for (const [where, { drivenOnLower, portfolios: count }] of Object.entries(found))
    assert.deepEqual({ drivenOnLower, count }, { drivenOnLower: 0, count: 100 }, where)
})

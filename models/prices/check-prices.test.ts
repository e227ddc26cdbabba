import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkPortfolio } from './check-portfolio.ts'
import { portfolios } from './portfolios.ts'

test('every receipt of a random policy verifies, and no rule of prices and ledgers is broken', () => {
  fc.assert(
    fc.property(portfolios, (portfolio) => assert.deepEqual([...checkPortfolio(portfolio)], [])),
    { seed: 17, numRuns: 300 },
  )
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { importClaims } from '../src/claims/import-claims.ts'
import { lossReport } from '../src/reports/loss-by-plan.ts'
import { addPremium } from './admin-rig.ts'
import { addInsured, changePolicy, claimsFile } from './claims-rig.ts'
import { engines } from './engines.ts'

const now = Date.UTC(2026, 6, 2)
const at = (month: number, day: number) => new Date(Date.UTC(2026, month - 1, day))

for (const engine of engines()) {
  describe(`the report of losses on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const [first, second] = await addInsured(db)
    const told = async (...rows: string[]) => {
      const { problems } = await importClaims(db, claimsFile(...rows), { by: 'command line', now })
      assert.deepEqual(problems, [])
    }
    const tablesOf = async (month: string) =>
      Object.fromEntries((await lossReport(db, month)).tables.map(({ name, rows }) => [name, rows]))

    it('has no figures of claims while none were imported: that is unknown, not none', async () => {
      const { tables, notes } = await lossReport(db, '2026-05')
      assert.deepEqual(
        tables.map(({ name }) => name),
        ['plans'],
      )
      assert.match(notes.at(-1) ?? '', /^No claims were imported, so there is no loss ratio/)
    })

    it('adds up claims by plan and coverage beside premium and policy years, each currency by itself', async () => {
      // May: two policies under euros for 31 days each, premium 300.00 and 100.00 EUR; one under pounds, never priced.
      await addPremium(db, { ...first!, minor: 10_000, at: at(4, 20) })
      await addPremium(db, { ...first!, version: 2, minor: 40_000, at: at(5, 20) })
      await addPremium(db, { ...second!, minor: 10_000, at: at(5, 21) })
      await told(
        'C-1,POL-1,liability,2026-05-01,9000,0,EUR,closed',
        'C-2,POL-2,liability,2026-05-31,1000,3001,EUR,open',
        'C-3,POL-1,hail,2026-05-12,0,2000,EUR,open',
        'C-4,POL-3,hail,2026-05-12,500,0,GBP,closed',
        'C-5,POL-1,hail,2026-04-30,7777,0,EUR,closed',
        'C-6,POL-1,hail,2026-06-01,7777,0,EUR,closed',
      )
      const { losses, coverages } = await tablesOf('2026-05')
      // 3 claims in 62 days: 3 / 62 × 365.25 × 1,000 = 17,673.4; 15,001 / 3 = 5,000.3; 15,001 / 40,000 = 37.5 %.
      assert.deepEqual(losses, [
        ['euros', 'EUR', 3, 2, 15_001, 17_673.4, 5_000, 40_000, 37.5],
        ['pounds', 'GBP', 1, 0, 500, 11_782.3, 500, null, null],
      ])
      assert.deepEqual(coverages, [
        ['euros', 'hail', 'EUR', 1, 1, 0, 2_000, 2_000, 5_891.1, 2_000],
        ['euros', 'liability', 'EUR', 2, 1, 10_000, 3_001, 13_001, 11_782.3, 6_501],
        ['pounds', 'hail', 'GBP', 1, 0, 500, 0, 500, 11_782.3, 500],
      ])
      const { notes } = await lossReport(db, '2026-05')
      assert.match(notes.join('\n'), /the newest word of 2026-07-02\./)
      assert.doesNotMatch(notes.join('\n'), /No claims/)
    })

    it('tells of a plan without claims that it has none, and of one without premium no ratio', async () => {
      const { losses, coverages } = await tablesOf('2026-03')
      assert.deepEqual(
        [losses, coverages],
        [
          [
            ['euros', 'EUR', 0, 0, 0, 0, null, null, null],
            ['pounds', 'GBP', 0, 0, 0, 0, null, null, null],
          ],
          [],
        ],
      )
    })

    it('goes by the newest word on a claim', async () => {
      await told('C-4,POL-3,hail,2026-05-12,900,100,GBP,open')
      const { losses } = await tablesOf('2026-05')
      assert.deepEqual(losses?.[1], ['pounds', 'GBP', 1, 1, 1_000, 11_782.3, 1_000, null, null])
    })

    it('counts a claim of a policy that has no day in force any more, without a frequency', async () => {
      await changePolicy(db, 'POL-3', { startsOn: '2026-06-01' })
      const { plans, losses, coverages } = await tablesOf('2026-05')
      assert.deepEqual(
        plans?.map(([plan]) => plan),
        ['euros'],
      )
      assert.deepEqual(losses?.[1], ['pounds', 'GBP', 1, 1, 1_000, null, 1_000, null, null])
      assert.deepEqual(coverages?.[2]?.slice(-2), [null, 1_000])
    })
  })
}

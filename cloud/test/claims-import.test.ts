import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { asc } from 'drizzle-orm'
import { importClaims } from '../src/claims/import-claims.ts'
import { maxProblems } from '../src/claims/told-claim.ts'
import { claims } from '../src/db/schema/claims.ts'
import { policies } from '../src/db/schema/people.ts'
import { readExportPage } from '../src/exports/read-page.ts'
import { addInsured, changePolicy, claimsFile } from './claims-rig.ts'
import { engines } from './engines.ts'

const [june, july] = [Date.UTC(2026, 5, 30), Date.UTC(2026, 6, 30)]
const first = 'C-1,POL-1,liability,2026-05-04,120000,80000,EUR,open'
const second = 'C-2,POL-2,hail,2026-05-31,30000,0,EUR,closed'

for (const engine of engines()) {
  describe(`claims on ${engine.name}`, async () => {
    const { db } = await engine.open()
    await addInsured(db)
    const told = (csv: string, now = june) => importClaims(db, csv, { by: 'command line', now })
    const stored = () => db.select().from(claims).orderBy(asc(claims.id))
    const nothing = { added: 0, replaced: 0, unchanged: 0 }
    const fine = { problems: [], hasMore: false }

    it('are stored as they are told', async () => {
      assert.deepEqual(await told(claimsFile()), { ...nothing, ...fine })
      assert.deepEqual(await told(claimsFile(first, second)), { ...nothing, added: 2, ...fine })
      const common = { currency: 'EUR', toldAt: new Date(june), toldBy: 'command line' }
      assert.deepEqual(await stored(), [
        {
          ...{ id: 'C-1', policyId: 'POL-1', coverage: 'liability', occurredOn: '2026-05-04', state: 'open' },
          ...{ ...common, paidMinor: 120_000, reservedMinor: 80_000 },
        },
        {
          ...{ id: 'C-2', policyId: 'POL-2', coverage: 'hail', occurredOn: '2026-05-31', state: 'closed' },
          ...{ ...common, paidMinor: 30_000, reservedMinor: 0 },
        },
      ])
    })

    it('are replaced by a newer word, and left alone by the same one', async () => {
      const third = 'C-3,POL-3,liability,2026-05-05,100,0,GBP,closed'
      const settled = first.replace('120000,80000,EUR,open', '150000,0,EUR,closed')
      assert.deepEqual(await told(claimsFile(third, settled, second), july), {
        ...{ added: 1, replaced: 1, unchanged: 1 },
        ...fine,
      })
      assert.deepEqual(
        (await stored()).map(({ id, paidMinor, reservedMinor, state, toldAt }) => [
          ...[id, paidMinor, reservedMinor, state, toldAt.getTime()],
        ]),
        [
          ['C-1', 150_000, 0, 'closed', july],
          ['C-2', 30_000, 0, 'closed', june],
          ['C-3', 100, 0, 'closed', july],
        ],
      )
    })

    it('are all refused where a row does not go with the policies and plans there are, and each such row is named', async () => {
      const before = await stored()
      await changePolicy(db, 'POL-2', { endsOn: '2026-05-31', state: 'endorsed' })
      const common = { driverId: 'DRV-0002', vehicleId: 'VEH-2', endsOn: '2026-12-31' }
      await db.insert(policies).values([
        { ...common, id: 'POL-NEXT', planId: 'euros', startsOn: '2026-06-01', follows: 'POL-2' },
        { ...common, id: 'POL-PLAN', planId: 'nowhere', startsOn: '2026-01-01' },
        { ...common, id: 'POL-VOID', planId: 'pounds', startsOn: '2026-07-01', endsOn: '2026-06-30', state: 'voided' },
      ])
      const { problems, ...counts } = await told(
        claimsFile(
          'C-9,POL-1,liability,2026-05-04,1,0,EUR,open',
          'C-10,POL-NONE,liability,2026-05-04,1,0,EUR,open',
          'C-11,POL-1,liability,2025-12-31,1,0,EUR,open',
          'C-12,POL-2,liability,2026-06-01,1,0,EUR,open',
          'C-13,POL-VOID,liability,2026-06-30,1,0,GBP,open',
          'C-14,POL-1,glass,2026-05-04,-1,0,USD,open',
          'C-15,POL-PLAN,glass,2026-05-04,1,0,EUR,open',
          'C-9,POL-1,liability,2026-05-04,0.5,0,EUR,open',
        ),
      )
      assert.deepEqual(counts, { ...nothing, hasMore: false })
      assert.deepEqual(
        problems.map(({ line, column, problem }) => `${line} ${column}: ${problem}`),
        [
          '3 policy_id: There is no policy POL-NONE: give the id it has here',
          '4 occurred_on: The policy POL-1 is from 2026-01-01 to 2026-12-31: name the one that covers the day',
          '5 occurred_on: The policy POL-2 is from 2026-01-01 to 2026-05-31: name the one that covers the day; POL-NEXT follows it',
          '6 occurred_on: The policy POL-VOID was voided before it began: name the one that covers the day',
          '7 coverage: The plan of POL-1, euros, has no such coverage: it has liability, hail',
          '7 paid_minor: "-1" is negative: give what was paid, or is reserved, in all',
          '7 currency: The plan of POL-1, euros, is in EUR: convert the amounts',
          '8 policy_id: The plan of POL-PLAN, nowhere, is not in the database: bring it there first (plans submit)',
          '9 claim_id: "C-9" is on line 2 too: leave one of them',
          '9 paid_minor: "0.5" is no whole number of minor units: 12.50 EUR is 1250',
        ],
      )
      assert.deepEqual(await stored(), before)
    })

    it('are refused with the first thousand rows named where more are wrong', async () => {
      const rows = Array.from({ length: 3 * maxProblems }, (_, n) =>
        first.replace('C-1', `X-${n}`).replace('POL-1', 'POL-0'),
      )
      const { problems, hasMore } = await told(claimsFile(...rows))
      assert.deepEqual([problems.length, problems.at(-1)?.line, hasMore], [maxProblems, maxProblems + 1, true])
      assert.equal((await stored()).length, 3)
    })

    it('are refused of a day that nowhere has begun', async () => {
      const at = (now: number) => told(claimsFile('C-5,POL-1,hail,2026-06-12,1,0,EUR,open'), now)
      const { problems } = await at(Date.UTC(2026, 5, 10, 23))
      assert.match(problems[0]?.problem ?? '', /"2026-06-12" is still to come/)
      assert.equal((await at(Date.UTC(2026, 5, 11))).added, 1)
    })

    it("are in the export of the policy's driver, without what is still reserved", async () => {
      const range = { fromMs: Date.UTC(2026, 4), toMs: Date.UTC(2026, 5) }
      const page = (driverId: string) =>
        readExportPage(db, { of: 'driver', set: 'claims', driverId, ...range, after: null })
      assert.deepEqual((await page('DRV-0001')).rows, [
        {
          ...{ claim_id: 'C-1', policy_id: 'POL-1', coverage: 'liability', occurred_on: '2026-05-04' },
          ...{ paid_minor: 150_000, currency: 'EUR', state: 'closed', told_at: july },
        },
      ])
      assert.deepEqual(
        (await page('DRV-0002')).rows.map(({ claim_id }) => claim_id),
        ['C-2'],
      )
    })
  })
}

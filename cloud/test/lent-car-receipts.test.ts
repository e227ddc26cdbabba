import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { contestRig, isRight } from './contest-rig.ts'
import { speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`receipts of a car that was lent, on ${engine.name}`, async () => {
    const { second, store, driver, other, admin, consumers, contest, ruled, premiumOf, receiptOf } = await contestRig(
      await engine.open(),
    )
    const path = '/api/v1/trips/TRP-000000000001'

    it('tells the policyholder, who pays, how far another drove, and nothing of how', async () => {
      await store(0, speedingDrive(1), driveRecords(2))
      const to = { driverId: second.driverId, reason: 'a car that was lent' }
      assert.equal((await admin('POST', `${path}/driver`, to)).status, 200)
      await consumers.drain()
      for (const part of ['', '/events', '/statistics']) assert.equal((await driver('GET', path + part)).status, 404)
      const { premiumMinor } = await premiumOf()
      const check = async () => {
        const receipt = await receiptOf()
        const [lent, own] = receipt.trips
        const { statistics, startAt, endAt } = lent ?? assert.fail()
        assert.deepEqual([lent?.driver, own?.driver, endAt], ['other', undefined, startAt])
        assert.ok(statistics.distanceM > 0 && (own?.statistics.gradableM ?? 0) > 0)
        assert.deepEqual(statistics, { ...emptyStatistics(), distanceM: statistics.distanceM })
        assert.deepEqual([receipt.rulings, receipt.premiumMinor], [[], premiumMinor])
        assert.ok(isRight(receipt))
      }
      await check()

      // Nor what became of it between the service and whoever drove.
      const opened = Contest.parse((await contest(1, { reason: 'sensor' }, other)).body)
      await check()
      assert.equal((await ruled(opened, { ruling: 'upheld' })).state, 'upheld')
      await check()
    })
  })
}

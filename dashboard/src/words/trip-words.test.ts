import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleTrip } from '../../demos/samples/trips.ts'
import { cleanWord, distanceWord, eventTotal, judgedShare, meanSpeedMps, tripPriceWords } from './trip-words.ts'

const clean = { ...sampleTrip, events: [], distanceM: 1000, gradableM: 1000 }

describe('trip words', () => {
  it('cleanWord never calls clean what could not be judged', () => {
    assert.equal(cleanWord(sampleTrip), 'no')
    assert.equal(cleanWord(clean), 'yes')
    assert.equal(cleanWord({ ...clean, gradableM: 0 }), 'could not be judged')
    assert.equal(cleanWord({ ...clean, gradableM: 500 }), 'in part')
    assert.equal(cleanWord({ ...clean, endAt: null }), 'under way')
  })

  it('judgedShare is by kilometres, null without any', () => {
    assert.equal(judgedShare([clean, { ...clean, distanceM: 3000, gradableM: 1000 }]), 0.5)
    assert.equal(judgedShare([{ ...clean, distanceM: null, gradableM: null }]), null)
  })

  it('distanceWord never calls a way that was not seen none', () => {
    assert.equal(distanceWord(clean), '1.0\u00a0km')
    assert.equal(distanceWord({ ...clean, distanceM: 0 }), 'unknown')
    assert.equal(distanceWord({ ...clean, endAt: null, distanceM: null }), 'under way')
  })

  it('tripPriceWords say what the term costs with the trip and without it', () => {
    const of = (withMinor: number, withoutMinor: number) =>
      tripPriceWords({
        ...{ tripId: 'TRP-1', policyId: 'POL-1', currency: 'EUR', withMinor, withoutMinor },
        differenceMinor: withMinor - withoutMinor,
      })
    assert.equal(of(484, 22), 'With this trip your term so far costs €4.84, without it €0.22: €4.62 more.')
    assert.match(of(22, 484), /€4\.62 less\.$/)
    assert.match(of(22, 22), /it makes no difference\.$/)
  })

  it('eventTotal and meanSpeedMps add up what the trip has', () => {
    assert.equal(eventTotal(sampleTrip), 2)
    assert.equal(meanSpeedMps({ ...clean, movingS: 100 }), 10)
    assert.equal(meanSpeedMps({ ...clean, movingS: 0 }), null)
    assert.equal(meanSpeedMps({ ...clean, distanceM: 0, movingS: 100 }), null)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { acceleration, counted, decimal, duration, kilometres, money, percent, speed, wholeMoney } from './figures.ts'

/** No-break spaces as plain ones, so that the expectations can be read. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('figures', () => {
  it('decimal writes a real minus, and none before zero', () => {
    assert.deepEqual([decimal(-0.52, 2), decimal(-0.001, 2), decimal(1234.5, 1)], ['−0.52', '0.00', '1,234.5'])
  })

  it('wholeMoney leaves the cents out', () => {
    assert.deepEqual([wholeMoney(14_218_350, 'EUR'), wholeMoney(-100, 'EUR'), wholeMoney(500, 'JPY')].map(plain), [
      '€142,184',
      '−€1',
      'JP¥500',
    ])
  })

  it('kilometres have one decimal below 100 km', () => {
    assert.deepEqual([kilometres(18_449), kilometres(612_400), kilometres(0)], ['18.4', '612', '0.0'])
  })

  it('speed and acceleration are told in km/h and g', () => {
    assert.equal(plain(speed(12.78)), '46 km/h')
    assert.equal(plain(acceleration(-5.1)), '−0.52 g')
  })

  it('money is told in its currency, from minor units', () => {
    const told = [money(4120, 'EUR'), money(-210, 'EUR'), money(-0, 'EUR'), money(500, 'JPY')]
    assert.deepEqual(told, ['€41.20', '−€2.10', '€0.00', 'JP¥500'])
  })

  it('percent comes from parts per million', () => {
    assert.equal(plain(percent(260_000)), '26 %')
    assert.equal(plain(percent(196_190, 1)), '19.6 %')
  })

  it('duration goes from seconds to hours', () => {
    assert.deepEqual([40, 1440, 3900, 3599].map(duration).map(plain), ['40 s', '24 min', '1 h 05 min', '1 h 00 min'])
  })

  it('counted has the noun in the right number', () => {
    assert.deepEqual([counted(1, 'trip'), counted(0, 'trip')].map(plain), ['1 trip', '0 trips'])
  })
})

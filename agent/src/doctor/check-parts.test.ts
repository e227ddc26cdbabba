import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { buildMap } from '../maps/build-map.ts'
import { checkMap } from './check-map.ts'
import { checkModel } from './check-model.ts'
import { checkSound } from './check-sound.ts'
import { checkWear } from './check-wear.ts'

const scratch = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-doctor-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('checkWear reads what an eMMC tells of its life, through the partition that the folder is on', (t) => {
  const folder = scratch(t)
  const { dev } = statSync(folder)
  const disk = join(folder, 'devices/mmc/mmcblk0')
  mkdirSync(join(disk, 'mmcblk0p2'), { recursive: true })
  mkdirSync(join(disk, 'device'))
  mkdirSync(join(folder, 'dev/block'), { recursive: true })
  const number = `${(dev >>> 8) & 0xfff}:${(dev & 0xff) | ((dev >>> 12) & 0xfff00)}`
  assert.equal(checkWear(folder, 2_500_000, folder).result, 'skipped')
  symlinkSync(join(disk, 'mmcblk0p2'), join(folder, 'dev/block', number))
  const tell = (life: string, end: string) => {
    writeFileSync(join(disk, 'device/life_time'), `${life}\n`)
    writeFileSync(join(disk, 'device/pre_eol_info'), `${end}\n`)
    return checkWear(folder, 2_500_000, folder)
  }
  assert.deepEqual(tell('0x01 0x03', '0x01'), {
    result: 'ok',
    detail: 'at most 30 % of its life is used; the agent writes 2.5 MB an hour',
  })
  assert.equal(tell('0x08 0x02', '0x01').result, 'warning')
  assert.equal(tell('0x03 0x02', '0x03').result, 'failed')
  assert.match(tell('0x0b 0x02', '0x01').detail, /is over; .*: replace it now/)
})

test('checkSound says what is missing: the program, then the card', (t) => {
  const folder = scratch(t)
  const cards = join(folder, 'cards')
  const check = () => checkSound({ path: `/nowhere:${folder}`, cards })
  assert.match(check().detail, /install alsa-utils/)
  writeFileSync(join(folder, 'aplay'), '')
  chmodSync(join(folder, 'aplay'), 0o755)
  assert.match(check().detail, /no sound card/)
  writeFileSync(cards, '--- no soundcards ---\n')
  assert.match(check().detail, /no sound card/)
  writeFileSync(cards, ' 0 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones\n')
  assert.deepEqual(check(), { result: 'ok', detail: 'aplay on bcm2835_headpho - bcm2835 Headphones' })
})

test('checkMap says what a map covers, that the car is outside, and that it is old', async (t) => {
  const folder = scratch(t)
  const extract = join(folder, 'roads.geojson')
  const geometry = {
    type: 'LineString',
    coordinates: [
      [12, 49],
      [12.1, 49.2],
    ],
  }
  const feature = { type: 'Feature', properties: { highway: 'primary', maxspeed: '50' }, geometry }
  writeFileSync(extract, JSON.stringify({ type: 'FeatureCollection', features: [feature] }))
  const map = join(folder, 'map.sqlite')
  await buildMap(extract, map)
  const now = Date.now()
  const here = checkMap(map, now, { lat: 49.1, lon: 12.05 })
  assert.equal(here.result, 'ok')
  assert.match(here.detail, /1 roads from 49\.00, 12\.00 to 49\.20, 12\.10, 0 days old/)
  assert.match(checkMap(map, now, { lat: 50, lon: 12 }).detail, /the car is outside/)
  assert.match(checkMap(map, now + 400 * 86_400_000, null).detail, /build it anew/)
  assert.equal(checkMap(null, now, null).result, 'skipped')
  assert.throws(() => checkMap(join(folder, 'none'), now, null), /make one with fairmile-agent maps build/)
})

test('checkModel finds the model of this release as it was trained', async () => {
  const { result, detail } = await checkModel()
  assert.equal(result, 'ok', detail)
  assert.match(detail, /known rows differ by at most/)
})

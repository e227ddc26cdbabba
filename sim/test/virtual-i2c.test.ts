/** The real agent with the real i2c-bus reads each simulated chip on /dev/i2c-1. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import {
  buildI2cLibrary,
  type ChipModel,
  chipModels,
  findCompiler,
  startVirtualI2c,
  type VirtualI2cOptions,
} from '../src/virtual-i2c/virtual-i2c.ts'
import {
  countedG,
  countTo,
  feedHz,
  felt,
  finding,
  type RecordingAgent,
  shake,
  stand,
  startAgent,
  startCounting,
  until,
} from './agent-with-chip.ts'

/** One step at ±16 g and ±1000 °/s (data sheets): InvenSense and Bosch, ST. */
const steps = (model: ChipModel) =>
  model.startsWith('LSM') ? { g: 0.488e-3, rps: (0.035 * Math.PI) / 180 } : { g: 1 / 2048, rps: Math.PI / 180 / 32.8 }
/** Samples a second by the data sheets. */
const rateOf = (model: ChipModel): number => (model.startsWith('LSM') ? 104 : model === 'ICM-20948' ? 1125 / 11 : 100)
/** Seconds that the FIFO takes to run over. */
const fifoS = (model: ChipModel): number => ({ LSM6DS3: 6.6, 'LSM6DS3TR-C': 3.3, LSM6DSO: 2.5 })[model as string] ?? 0.9

const skip = findCompiler() === null ? 'no C compiler on this machine (Debian: apt install gcc libc6-dev)' : false

/** Compiled once, beforehand: the feeds of other tests must not wait for it. */
const library = skip ? { path: '', remove() {} } : buildI2cLibrary()
after(library.remove)

/** A chip, and the environment that an agent finds it in. */
function plugIn(options: Omit<VirtualI2cOptions, 'library'>) {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-i2c-test-'))
  const chip = startVirtualI2c({ library, ...options })
  const env = { ...process.env, ...chip.env, FAIRMILE_DATA: folder, FAIRMILE_IMU: 'i2c:1' }
  const unplug = (): void => {
    chip.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { chip, env, unplug }
}

/**
 * That each row feels what was fed to within a step, and that rows count up.
 *
 * @returns where they count on behind a gap, as a busy computer makes them at any time: the index of the first row behind each
 */
function gapsOfCount(rows: number[][], model: ChipModel): number[] {
  const { g, rps } = steps(model)
  // A recording has four decimals of m/s² and five of rad/s.
  const gSlack = g + 1e-5
  const gaps: number[] = []
  let n = Number.NaN
  rows.forEach(([, ax, ay, az, gx, gy, gz], i) => {
    const x = ax! / G_MPS2
    const before = n
    n = Math.round(x * 100 + countTo / 2)
    assert.ok(Math.abs(x - countedG(n)) <= gSlack, `row ${i}: ${x} g instead of ${countedG(n)}`)
    assert.ok(Math.abs(ay! / G_MPS2 - felt.y) <= gSlack && Math.abs(az! / G_MPS2 - felt.z) <= gSlack, `row ${i}`)
    for (const [rate, fed] of [
      [gx, felt.gx],
      [gy, felt.gy],
      [gz, felt.gz],
    ] as const)
      assert.ok(Math.abs(rate! - fed) <= rps + 1e-5, `row ${i}: ${rate} rad/s instead of ${fed}`)
    const counted = (n - before + countTo) % countTo
    // A chip that is faster than the feed samples the same moment twice now and then.
    if (counted > 1) gaps.push(i)
    else assert.ok(counted !== 0 || rateOf(model) > feedHz, `row ${i} comes twice`)
  })
  return gaps
}

async function more(agent: RecordingAgent, count: number): Promise<void> {
  const had = agent.rows().length
  await until(() => agent.rows().length >= had + count)
}

describe('startVirtualI2c', { skip }, () => {
  for (const model of chipModels) {
    test(`brings the motion of a ${model} to the agent within a step, also after an overflow and a pulled plug`, async () => {
      const { chip, env, unplug } = plugIn({ model, rateHz: feedHz })
      const feed = startCounting(chip)
      const agent = await startAgent(env)
      try {
        await until(() => agent.rows().length >= 200)

        // Nobody empties the FIFO, as on a computer that is busy with something else.
        agent.pause(true)
        const had = agent.rows().length
        const before = feed.pushed()
        await until(() => feed.pushed() - before > (fifoS(model) + 0.5) * feedHz)
        agent.pause(false)
        await until(() => gapsOfCount(agent.rows(), model).some((gap) => gap >= had))
        await more(agent, 100)

        const gone = agent.logged(/Remote I\/O error/)
        chip.setPresent(false)
        await gone
        chip.setPresent(true)
        await more(agent, 200)
        const gaps = gapsOfCount(agent.rows(), model)
        const { code, last } = await agent.end()
        assert.equal(code, 0)
        const {
          overflows,
          failedReads,
          lostSamples,
          chip: found,
          temperatureC,
        } = JSON.parse(last).sources['IMU on I²C bus 1']
        assert.ok(found.startsWith(`${model} at 0x6`), found)
        assert.ok(overflows >= 1)
        // Not one sample goes missing that the agent does not know of.
        assert.ok(
          gaps.length <= overflows + failedReads,
          `${gaps.length} gaps, ${overflows} and ${failedReads} counted`,
        )
        assert.ok(lostSamples > fifoS(model) * 50, `${lostSamples} lost`)
        assert.equal(temperatureC, 25)
      } finally {
        await agent.end()
        feed.stop()
        unplug()
      }
    })

    test(`lets the doctor run the self-test of a ${model}`, async () => {
      const test = async (broken: number[]) => {
        const { chip, env, unplug } = plugIn({ model, broken, rateHz: 0 })
        stand(chip)
        try {
          return await finding(env, 'imu test')
        } finally {
          unplug()
        }
      }
      const ok = await test([])
      assert.equal(ok?.result, 'ok', ok?.detail)
      assert.ok(ok?.detail.includes(`${model} at 0x`) && ok.detail.includes('25 °C'), ok?.detail)
      const failed = await test([1, 5])
      assert.equal(failed?.result, 'failed', failed?.detail)
      assert.match(failed?.detail ?? '', /accelerometer y .*gyroscope z /)
    })
  }

  test('lets the doctor say that a chip is unknown, elsewhere, or that there is no bus', async () => {
    const { env, unplug } = plugIn({ whoAmI: 0x42, rateHz: 0 })
    const detail = async (imu: string): Promise<string> => (await finding({ ...env, FAIRMILE_IMU: imu }, 'imu'))!.detail
    try {
      assert.match(await detail('i2c:1'), /the chip at 0x68 is another one: it says 0x42 in register 0x75/)
      assert.match(await detail('i2c:1:0x69'), /nobody answers at 0x69/)
      assert.match(await detail('i2c:9'), /there is no I²C bus 9/)
    } finally {
      unplug()
    }
  })

  test('does not let the doctor judge a chip that is shaken', async () => {
    const { chip, env, unplug } = plugIn({ rateHz: 0 })
    shake(chip)
    const moving = await finding(env, 'imu test')
    unplug()
    assert.equal(moving?.result, 'skipped')
    assert.match(moving?.detail ?? '', /when the car stands/)
  })
})

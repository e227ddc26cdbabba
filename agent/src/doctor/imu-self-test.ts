import type { Board } from '../board/source.ts'
import { findChip } from '../imu/find-chip.ts'
import { type OpenI2c, openI2c } from '../imu/i2c.ts'
import type { Found } from './check.ts'

/** A board tells of its self-test right after its hello, which it is asked for once a second. */
const boardMs = 3000
const lookMs = 50

/** Runs the self-test of the chip on an I²C bus: about a second and a half, in which the car must stand. */
export async function testChip(
  { bus, address }: { bus: number; address: number | null },
  open: OpenI2c = openI2c,
): Promise<Found> {
  const opened = await open(bus)
  try {
    const { chip, address: at } = await findChip(opened, bus, address)
    const temperature = `${(await chip.temperatureC()).toFixed(0)} °C`
    const { result, detail } = await chip.selfTest()
    const what = `${chip.name} at 0x${at.toString(16)}, ${temperature}: ${detail}`
    if (result === 'passed') return { result: 'ok', detail: what }
    if (result === 'failed') return { result: 'failed', detail: `${what}; if a second try says so too, replace it` }
    return { result: 'skipped', detail: what }
  } finally {
    await opened.close()
  }
}

/** Asks a board how its own self-test ended. */
export async function askBoard(board: Board): Promise<Found> {
  const sink = { fix() {}, imu() {}, board() {}, trouble() {} }
  const told = new AbortController()
  const look = setInterval(() => {
    if (board.counts.selfTest !== 'not_run') told.abort()
  }, lookMs)
  await board.run(sink, AbortSignal.any([told.signal, AbortSignal.timeout(boardMs)]))
  clearInterval(look)
  const { selfTest, imuC } = board.counts
  const temperature = imuC === null ? '' : `, ${imuC.toFixed(0)} °C`
  if (selfTest === 'passed') return { result: 'ok', detail: `${board.name}: its IMU passed${temperature}` }
  if (selfTest === 'failed')
    return {
      result: 'failed',
      detail: `${board.name}: its IMU failed${temperature}; switch it off and on, then replace it`,
    }
  return { result: 'skipped', detail: `${board.name}: it says nothing of a self-test` }
}

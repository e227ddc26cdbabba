import { bmi160Family } from './bmi160.ts'
import type { Chip, ChipFamily } from './chip.ts'
import type { I2cBus } from './i2c.ts'
import { icm20948Family } from './icm20948.ts'
import { lsm6ds3Family } from './lsm6ds3.ts'
import { lsm6dsoFamily } from './lsm6dso.ts'
import { mpuFamily } from './mpu.ts'
import { createRegisters } from './registers.ts'

/** MPU first: what the others are known by stands, on an MPU-6500, in a register whose content is the factory's chance. */
const families: readonly ChipFamily[] = [mpuFamily, icm20948Family, bmi160Family, lsm6ds3Family, lsm6dsoFamily]
const addresses = [...new Set(families.flatMap((family) => family.addresses))].sort((a, b) => a - b)
const supported = families.flatMap((family) => Object.values(family.names)).join(', ')

const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`
/** Numbers of Linux's errors; Node has no name for all of them. */
const errno = { ENOENT: 2, EIO: 5, ENXIO: 6, EBUSY: 16, ETIMEDOUT: 110, EREMOTEIO: 121 } as const
/** Nobody acknowledges the address; adapters say it in one way or another. */
const nobody: readonly number[] = [errno.EREMOTEIO, errno.ENXIO, errno.EIO, errno.ETIMEDOUT]

/** A chip that was found and set up. */
export interface FoundChip {
  chip: Chip
  address: number
}

/**
 * Finds an IMU on a bus by what its WHO_AM_I says, and sets it up. Nothing is written to a chip before it is known: a clock may well
 * have one of these addresses.
 *
 * @param address where to look; null: wherever such chips can be
 * @throws {Error} that says what was found instead
 */
export async function findChip(bus: I2cBus, number: number, address: number | null): Promise<FoundChip> {
  const met: string[] = []
  for (const at of address === null ? addresses : [address]) {
    const candidates = families.filter((family) => address !== null || family.addresses.includes(at))
    const found = await identify(bus, number, at, candidates)
    if (typeof found === 'string') met.push(found)
    else if (found !== null) return { chip: await found.family.open(createRegisters(bus, at), found.name), address: at }
  }
  const where = (address === null ? addresses : [address]).map(hex).join(', ')
  const instead = met.length > 0 ? met.join('; ') : `nobody answers at ${where}; check its wiring and power`
  throw new Error(`no IMU of ${supported}: ${instead}`)
}

/** Which family the chip at an address is of; what it is instead, for people; null where nobody answers. */
async function identify(
  bus: I2cBus,
  number: number,
  at: number,
  candidates: readonly ChipFamily[],
): Promise<{ family: ChipFamily; name: string } | string | null> {
  const said = new Map<number, number>()
  try {
    for (const family of candidates) {
      const { idRegister } = family
      const id = said.get(idRegister) ?? (await bus.readByte(at, idRegister))
      said.set(idRegister, id)
      const name = family.names[id]
      if (name !== undefined) return { family, name }
    }
    const registers = createRegisters(bus, at)
    for (const family of candidates) {
      if (!(await family.free?.(registers))) continue
      const name = family.names[await registers.read(family.idRegister)]
      if (name !== undefined) return { family, name }
    }
  } catch (error) {
    // Errors of files have negative numbers, those of i2c-bus positive ones.
    const what = Math.abs((error as NodeJS.ErrnoException).errno ?? 0)
    if (what === errno.ENOENT)
      throw new Error(`there is no I²C bus ${number}: switch it on (raspi-config, Interface Options, I2C)`, {
        cause: error,
      })
    if (what === errno.EBUSY) return `${hex(at)} belongs to a driver of the kernel (a clock?)`
    if (nobody.includes(what)) return null
    throw error
  }
  const words = Array.from(said, ([register, id]) => `${hex(id)} in register ${hex(register)}`)
  return `the chip at ${hex(at)} is another one: it says ${words.join(' and ')}`
}

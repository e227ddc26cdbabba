import type { Random } from '../random.ts'

/**
 * Tunnels and deep cuttings: mean seconds of driving between two, and how long one lasts (10 to 60 s). The first fixes behind
 * it are off by tens of metres and settle within some seconds (e.g. J. Liu et al., Sensors 16, 2016 on re-acquisition).
 */
const TUNNEL = { everyS: 900, s: [10, 60], lostM: [15, 60], settlesS: 4 } as const
/**
 * Streets between tall houses: echoes shift the position by 10 to 50 m and let it jump as satellites come and go; Doppler
 * suffers less (P. Groves, Principles of GNSS, 2nd ed. 2013, chapter 10; L.-T. Hsu, GPS Solutions 22, 2018).
 */
const CANYON = {
  everyS: 240,
  s: [8, 50],
  jumpEveryS: 7,
  jumpM: [10, 50],
  speedFactor: 3,
  outlierChance: 0.04,
  outlierMps: 2,
}
/** HDOP jumps for a second or two as a bridge or a lorry hides satellites. */
const SPIKE = { everyS: 150, s: [1, 3], factor: [1.8, 4] } as const

/** What is in the way between the antenna and the satellites. */
export interface Sky {
  /** No fix can be had. */
  readonly blocked: boolean
  /** Shift of the position, metres north and east. */
  readonly northM: number
  readonly eastM: number
  /** What HDOP and the noise of the speed are multiplied by. */
  readonly dopFactor: number
  readonly speedFactor: number
  /** An outlier of the speed now, m/s. */
  readonly outlierMps: number
  /** Moves on by `dt` seconds of a car at this speed; `builtUp` among houses. */
  step(dt: number, speedMps: number, builtUp: boolean): void
}

/** Creates the sky over one drive. */
export function createSky(random: Random): Sky {
  const state = { blocked: false, northM: 0, eastM: 0, dopFactor: 1, speedFactor: 1, outlierMps: 0 }
  let tunnelS = 0
  let canyonS = 0
  let spikeS = 0
  let spike = 1
  let shiftN = 0
  let shiftE = 0
  let lostM = 0
  let lostAngle = 0

  const shift = (): void => {
    const angle = random.range(0, 2 * Math.PI)
    const metres = random.range(CANYON.jumpM[0]!, CANYON.jumpM[1]!)
    shiftN = metres * Math.cos(angle)
    shiftE = metres * Math.sin(angle)
  }
  const begins = (dt: number, everyS: number): boolean => random.chance(dt / everyS)
  const inTunnel = (dt: number, speedMps: number): void => {
    if (tunnelS > 0) {
      tunnelS -= dt
      if (tunnelS > 0) return
      lostM = random.range(...TUNNEL.lostM)
      lostAngle = random.range(0, 2 * Math.PI)
    } else if (speedMps > 2 && begins(dt, TUNNEL.everyS)) tunnelS = random.range(...TUNNEL.s)
    lostM *= Math.exp(-dt / TUNNEL.settlesS)
  }
  const inCanyon = (dt: number, builtUp: boolean): void => {
    if (canyonS > 0) {
      canyonS -= dt
      if (begins(dt, CANYON.jumpEveryS)) shift()
      if (canyonS <= 0) shiftN = shiftE = 0
    } else if (builtUp && begins(dt, CANYON.everyS)) {
      canyonS = random.range(CANYON.s[0]!, CANYON.s[1]!)
      shift()
    }
  }
  return Object.assign(state, {
    step(dt: number, speedMps: number, builtUp: boolean): void {
      inTunnel(dt, speedMps)
      inCanyon(dt, builtUp)
      if (spikeS > 0) spikeS -= dt
      else if (begins(dt, SPIKE.everyS)) {
        spikeS = random.range(...SPIKE.s)
        spike = random.range(...SPIKE.factor)
      }
      const echo = canyonS > 0
      state.blocked = tunnelS > 0
      state.northM = shiftN + lostM * Math.cos(lostAngle)
      state.eastM = shiftE + lostM * Math.sin(lostAngle)
      state.dopFactor = (spikeS > 0 ? spike : 1) * (echo ? 2 : 1) * (1 + lostM / 30)
      state.speedFactor = echo || lostM > 5 ? CANYON.speedFactor : 1
      state.outlierMps = echo && random.chance(CANYON.outlierChance) ? CANYON.outlierMps * random.normal() : 0
    },
  })
}

/** Parameters of the intelligent driver model. */
export interface IdmParameters {
  timeGapS: number
  standstillGapM: number
  accelerationMps2: number
  decelerationMps2: number
}

/**
 * How much the gap to what is ahead takes from the acceleration (m/s², ≥ 0): the interaction term of the intelligent
 * driver model, a·(w / s)² with the wanted gap w = s0 + vT + v·Δv / 2√(ab).
 * Source: M. Treiber, A. Hennecke, D. Helbing, Phys. Rev. E 62, 1805 (2000).
 *
 * @param gapM bumper to bumper @param closingMps own speed less the speed ahead
 */
export function idmInteraction(p: IdmParameters, speedMps: number, gapM: number, closingMps: number): number {
  const root = 2 * Math.sqrt(p.accelerationMps2 * p.decelerationMps2)
  const wanted = p.standstillGapM + Math.max(0, speedMps * p.timeGapS + (speedMps * closingMps) / root)
  const ratio = wanted / Math.max(0.3, gapM)
  return p.accelerationMps2 * ratio * ratio
}

/** Free acceleration of the intelligent driver model: a·(1 − (v/v0)⁴), with no more than b where v is above v0. */
export function idmFree(p: IdmParameters, speedMps: number, wantedMps: number): number {
  if (speedMps <= wantedMps) return p.accelerationMps2 * (1 - (speedMps / Math.max(0.5, wantedMps)) ** 4)
  // The improved model of A. Kesting, M. Treiber, D. Helbing, Phil. Trans. R. Soc. A 368, 4585 (2010).
  return -p.decelerationMps2 * (1 - (wantedMps / speedMps) ** ((4 * p.accelerationMps2) / p.decelerationMps2))
}

import { G_MPS2 } from '@fairmile/contract/units.ts'

/** Middles of the histograms' bins in the units of their sums, as in `fit.py`; the last are open. */
export const speedMps = [5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115, 125, 135, 150, 170].map((kmh) => kmh / 3.6)

const accelerationG = [-0.55, -0.45, -0.35, -0.25, -0.15, -0.075, 0, 0.075, 0.15, 0.25, 0.35, 0.45, 0.55]

/** Mean squares, (m/s²)²; what lies in ±0.05 g has a third of the square of its edge. */
export const accelerationSquares = accelerationG.map((g) => (g === 0 ? (0.05 * G_MPS2) ** 2 / 3 : (g * G_MPS2) ** 2))

/** (m/s³)². */
export const jerkSquares = [0.25, 0.75, 1.5, 2.5, 4, 6.5, 10].map((jerk) => jerk * jerk)

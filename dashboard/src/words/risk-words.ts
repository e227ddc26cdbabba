import { decimal, nbsp } from './figures.ts'

/** Steps of risk as the tokens `--risk-0` to `--risk-4` colour them, with the word that goes with the colour. */
const steps = ['low', 'fairly low', 'middling', 'raised', 'high'] as const

/** The step of a risk of 0 (safest) to 100, 0 to 4. */
export const riskStep = (risk: number): number => Math.max(0, Math.min(steps.length - 1, Math.floor(risk / 20)))

/** The word for a risk of 0 to 100. */
export const riskWord = (risk: number): string => steps[riskStep(risk)]!

/** How many kilometres are missing until a driver is scored, rounded up: `3.5 km that can be judged are missing until your driving is scored.` */
export const missingWords = (missingKm: number): string =>
  `${missingDistance(missingKm)} that can be judged are missing until your driving is scored.`

/** Kilometres that are missing, rounded up to 100 m, so that none that are missing read as nothing. */
export const missingDistance = (missingKm: number): string => `${decimal(Math.ceil(missingKm * 10) / 10, 1)}${nbsp}km`

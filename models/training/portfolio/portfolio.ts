/**
 * `node models/training/portfolio/portfolio.ts --out FOLDER`: draws drivers, lets them drive by the fitted generator, and writes the table
 * of driver features with their claims, which the Python reads.
 */
import { mkdir } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { driverFeatures, exposureKm, writeDriverFeatures } from '../../src/features/driver.ts'
import { featureVersion } from '../../src/features/feature.ts'
import { createTable } from '../table-writer.ts'
import { drive } from './drive.ts'
import { hazardOf } from './hazard.ts'
import { drawPerson } from './person.ts'
import { createRandom, type Random } from './random.ts'

/** Labels of the driver table. Claims are of so many years at so many kilometres a year; the hazard is what driving explains. */
const labels = [
  'driver',
  'observedKm',
  'gradableKm',
  'years',
  'kmPerYear',
  'claims',
  'collisionClaims',
  'hazardPerKm',
  'frailty',
] as const

/** Years of claims that are known of a driver, at most; drawn evenly. */
const mostYears = 10
/**
 * Claims on the own car: for each at-fault claim on third parties so many on the own car, and others that driving does not explain (a
 * parked car that is hit), per kilometre of the median driver's. Our assumptions.
 */
const collisionPerLiability = 0.8
const collisionOther = 0.35 * (0.074 / 12_000)

const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('give a whole number.')
  return Number(text)
}
const range = (text: string): readonly [number, number] => {
  const [low, high = low, ...rest] = text.split('-').map(Number)
  if (!(low! > 0 && high! >= low! && high! <= 3650) || rest.length > 0)
    throw new InvalidArgumentError('give days, as in 30 or 1-10.')
  return [low!, high!]
}
const options = new Command('portfolio')
  .description('Writes a table of simulated drivers: features, claims, and the truth behind them.')
  .addHelpText(
    'before',
    'Examples:\n  node models/training/portfolio/portfolio.ts --drivers 1000 --seed 1 --out /tmp/tables\n' +
      '  node models/training/portfolio/portfolio.ts --drivers 1000 --seed 2 --days 30 --out /tmp/month\n',
  )
  .requiredOption('--out <folder>', 'where NAME.f32 and NAME.json go')
  .option('--name <name>', 'name of the table', 'driver')
  .option('--drivers <n>', 'how many', whole, 10_000)
  .option('--first <n>', 'number of the first one: parts of a portfolio can be drawn apart', whole, 0)
  .option('--seed <n>', 'seed of everything drawn', whole, 1)
  .option('--days <n-m>', 'days that are seen of each, drawn log-uniformly', range, [10, 150])
  .parse()
  .opts<{ out: string; name: string; drivers: number; first: number; seed: number; days: readonly [number, number] }>()

await mkdir(options.out, { recursive: true })
const table = createTable(options.out, options.name, {
  featureVersion,
  features: driverFeatures.map(({ name, monotone }) => ({ name, monotone })),
  labels,
})
const row = new Float32Array(driverFeatures.length)
for (let n = options.first; n < options.first + options.drivers; n++) {
  const random = createRandom(options.seed, n)
  const person = drawPerson(random)
  const hazard = hazardOf(person, random)
  const { kmPerYear } = person.habits
  const [low, high] = options.days
  const seenDays = low * (high / low) ** random.uniform()
  const statistics = drive(person, (kmPerYear / 365) * seenDays, random)
  writeDriverFeatures(statistics, row)
  const years = mostYears * random.uniform()
  const claims = drawClaims(hazard, years * kmPerYear, random)
  table.row(row, [
    n,
    exposureKm(statistics),
    statistics.total.gradableM / 1000,
    years,
    kmPerYear,
    claims.liability,
    claims.collision,
    hazard.claimsPerKm,
    hazard.frailty,
  ])
  if (process.stderr.isTTY && n % 1000 === 0)
    process.stderr.write(`\r${n - options.first} of ${options.drivers} drivers`)
}
console.error(`${table.close()} drivers`)

function drawClaims({ claimsPerKm, frailty }: ReturnType<typeof hazardOf>, km: number, random: Random) {
  const atFault = claimsPerKm * frailty
  return {
    liability: random.poisson(atFault * km),
    collision: random.poisson((atFault * collisionPerLiability + collisionOther) * km),
  }
}

/** `npm run check:prices`: random policies live random histories; every receipt of theirs has to verify to the cent, and the rules have to hold. */
import { Command, InvalidArgumentError } from 'commander'
import fc from 'fast-check'
import { checkPortfolio, type Fault } from './check-portfolio.ts'
import { perversePay } from './perverse-pay.ts'
import { portfolios } from './portfolios.ts'

const { runs, seed } = new Command('check:prices')
  .description('Prices random policies and checks their receipts, ledgers and the rules that no price may break.')
  .addHelpText('before', 'Examples:\n  npm run check:prices\n  npm run check:prices -- --runs 100 --seed 7\n')
  .option('--runs <n>', 'how many policies', whole, 10_000)
  .option('--seed <n>', 'seed of all that is drawn by lot', whole, 1)
  .parse()
  .opts<{ runs: number; seed: number }>()

const found: Record<Fault, number> = {
  ...{ notVerified: 0, negative: 0, beyondCaps: 0, discountAbove45: 0, notMonotone: 0 },
  ...{ billedRaised: 0, balanceDiffers: 0 },
}
let verified = 0
for (const portfolio of fc.sample(portfolios, { numRuns: runs, seed })) {
  const faults = checkPortfolio(portfolio)
  for (const fault of faults) found[fault] += 1
  if (!faults.has('notVerified')) verified += 1
  if (faults.size > 0) console.error(JSON.stringify({ faults: [...faults], portfolio }))
}
/** What holds is checked, what does not is counted: docs/decisions/0038-the-ledger-follows-the-trips.md. */
const shipped = perversePay({ runs: Math.min(runs, 1500), seed })
const figures = Object.values(shipped)
const total = (of: 'drivenOnLower' | 'eventLower' | 'cutLower' | 'insertedLower' | 'extendedLower'): number =>
  figures.reduce((sum, figure) => sum + figure[of], 0)
const holds = { drivenOnLower: total('drivenOnLower'), eventLower: total('eventLower'), cutLower: total('cutLower') }
const counted = {
  insertedLower: total('insertedLower'),
  insertedLowerMostMinor: Math.max(...figures.map((figure) => figure.insertedLowerMostMinor)),
  extendedLower: total('extendedLower'),
}
const passed = verified === runs && [found, holds].flatMap(Object.values<number>).every((count) => count === 0)
const seconds = Math.round(performance.now() / 100) / 10
console.log(
  JSON.stringify({ portfolios: runs, verified, ...found, ...holds, ...counted, shipped, passed, seed, seconds }),
)
process.exitCode = passed ? 0 : 1

function whole(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('expected a whole number above 0.')
}

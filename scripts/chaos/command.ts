import { Command, InvalidArgumentError } from 'commander'

/** What every fault takes from the command line. */
export interface ChaosOptions {
  runs: number
  seed: number
  /** Take away what the claim rests on: the test must then fail. */
  control: boolean
  /** Tells a person how far it is; nothing with `--json`. */
  say: (text: string) => void
}

/** Reads the command line of a fault. */
export function chaosOptions(about: { id: string; claim: string; control: string; runs: number; of: string }) {
  const { id, claim, control, runs, of } = about
  const read = new Command(id)
    .description(claim)
    .addHelpText('before', `Examples:\n  npm run chaos -- ${id}\n  npm run chaos -- ${id} --control\n`)
    .option('--runs <n>', of, positive, runs)
    .option('--seed <n>', 'seed of all that is drawn by lot', positive, 1)
    .option('--control', `${control}: must fail`)
    .option('--json', 'nothing but the last line')
    .parse()
    .opts<{ runs: number; seed: number; control?: true; json?: true }>()
  const say = (text: string): void => void (read.json || console.error(text))
  return { runs: read.runs, seed: read.seed, control: read.control === true, say }
}

/** Prints the verdict as the last line, and sets the exit code by it. */
export function verdict(id: string, { runs, seed, control }: ChaosOptions, passed: boolean, found: object): void {
  const seconds = Math.round(performance.now() / 100) / 10
  console.log(JSON.stringify({ id, passed, runs, seed, control, ...found, seconds }))
  process.exitCode = passed ? 0 : 1
}

/** Reads an option that is a whole number above 0. */
export function positive(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new InvalidArgumentError('expected a whole number above 0.')
}

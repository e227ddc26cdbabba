import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number of at least 1. */
export const positive = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('a whole number of at least 1')
  return Number(text)
}

/** A figure with so many digits behind the point. */
export const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits))

/** The value that 99 of 100 do not exceed. */
export const percentile99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN

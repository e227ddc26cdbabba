import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number from 1. @throws {InvalidArgumentError} */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is no whole number from 1.`)
  return value
}

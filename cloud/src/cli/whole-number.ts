import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number from 1, in plain digits. @throws {InvalidArgumentError} */
export const wholeNumber = wholeNumberTo(Number.MAX_SAFE_INTEGER)

/** Makes what reads an option that is a whole number from 1 to `max`: `1e1`, `+5` and `007` are none. */
export function wholeNumberTo(max: number): (text: string) => number {
  const range = max === Number.MAX_SAFE_INTEGER ? 'from 1' : `from 1 to ${max}`
  return (text) => {
    const value = Number(text)
    if (/^[1-9]\d*$/.test(text) && value <= max) return value
    throw new InvalidArgumentError(`"${text}" is no whole number ${range}.`)
  }
}

/** Fixed decimals without `toFixed`, which costs most of a recording: digits of a rounded integer. */
export function decimals(value: number, digits: 2 | 3 | 4 | 5): string {
  const scale = 10 ** digits
  const rounded = Math.round(Math.abs(value) * scale)
  const whole = Math.floor(rounded / scale)
  const rest = String(rounded - whole * scale).padStart(digits, '0')
  return `${value < 0 && rounded > 0 ? '-' : ''}${whole}.${rest}`
}

/** A number with `digits` decimals, or an empty field where unknown. */
export function field(value: number | null, digits: number): string {
  return value === null ? '' : value.toFixed(digits)
}

import type { ReceiptStep } from '@fairmile/contract/receipt.ts'

/** Puts down a step of the arithmetic and gives its value. @throws RangeError where that is no safe integer */
export type Step = (name: string, unit: ReceiptStep['unit'], formula: string, value: number) => number

import { z } from 'zod'

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))

/** A published key of the issuer: an Ed25519 key as 32 bytes in hex, and the first sixteen digits of the SHA-256 of that text. */
export const ReceiptKey = z.object({ keyId: hex(16), publicKey: hex(64) }).meta({ id: 'ReceiptKey' })

/** The keys that receipts were ever signed with. */
export const ReceiptKeys = z.object({ keys: z.array(ReceiptKey) }).meta({ id: 'ReceiptKeys' })
export type ReceiptKeys = z.infer<typeof ReceiptKeys>

/** The signed root of a day's receipts, which names the day before; without the receipts' salts it tells nothing of them. */
export const ReceiptRootRecord = z
  .object({
    format: z.literal('fairmile-receipt-root/1'),
    day: z.iso.date(),
    leaves: z.int(),
    /** RFC 9162 tree hash. */
    root: hex(64),
    previous: hex(64).nullable(),
    issuer: ReceiptKey,
    signature: hex(128),
  })
  .meta({ id: 'ReceiptRoot' })

/** That a receipt is in its day's tree: `npx fairmile verify RECEIPT.json --proof PROOF.json` checks it. */
export const ReceiptInclusion = z
  .object({
    receiptId: z.string(),
    index: z.int(),
    path: z.array(hex(64)),
    record: ReceiptRootRecord,
  })
  .meta({ id: 'ReceiptProof' })

import { z } from 'zod'

/** Public ids as they stand in paths: `DRV-0001`, `TRP-…`. */
const publicId = (prefix: string) => z.string().regex(new RegExp(`^${prefix}-[0-9A-Z]{1,26}$`))

export const DriverId = publicId('DRV')
export const VehicleId = publicId('VEH')
export const PolicyId = publicId('POL')
export const DeviceId = publicId('DEV')
export const TripId = publicId('TRP')
export const EventId = publicId('EVT')
export const ContestId = publicId('CON')
/** A receipt's id is the start of its seal, in hex. */
export const ReceiptId = z.string().regex(/^RCP-[0-9a-f]{16}$/)

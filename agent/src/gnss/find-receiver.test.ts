import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { findReceiver } from './find-receiver.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-by-id-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const plugIn = (...names: string[]) => {
  for (const name of names) writeFileSync(join(folder, name), '')
}

test('findReceiver finds a receiver by its name among other ports', () => {
  const receiver = 'usb-u-blox_AG_-_www.u-blox.com_u-blox_7_-_GPS_GNSS_Receiver-if00'
  plugIn('usb-1a86_USB_Serial-if00-port0', receiver, 'usb-Raspberry_Pi_Pico_E6614103E7-if00')
  assert.equal(findReceiver(folder), join(folder, receiver))
})

test('findReceiver says what it saw instead, and what to do', () => {
  assert.throws(() => findReceiver(folder), /nothing is there; plug it in, or name its port: FAIRMILE_GNSS=serial:PATH/)
  assert.throws(() => findReceiver(join(folder, 'absent')), /nothing is there/)
  plugIn('usb-FTDI_FT232R-if00-port0')
  assert.throws(() => findReceiver(folder), /"usb-FTDI_FT232R-if00-port0" is there/)
})

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isPublicAddress } from './public-address.ts'

/** Every block that is not the public internet (RFC 6890 and its registry), by its first and last address. */
const notPublic = `
0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.0 127.255.255.255 169.254.0.0 169.254.169.254
169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255 192.0.2.0 192.0.2.255 192.31.196.1 192.52.193.1 192.88.99.0 192.88.99.255
192.168.0.0 192.168.255.255 192.175.48.1 198.18.0.0 198.19.255.255 198.51.100.0 198.51.100.255 203.0.113.0 203.0.113.255 224.0.0.0
239.255.255.255 240.0.0.0 255.255.255.254 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::808:808 64:ff9b:1::1 100::1
2001::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 febf::1 fec0::1 ff02::1
2606:4700::5efe:127.0.0.1 2606:4700::200:5efe:7f00:1 fe80::1%eth0 2606:4700::1%1`
const open =
  '1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 172.15.255.255 172.32.0.0 223.255.255.255 2606:4700::1111 2a00:1450::1'

it('isPublicAddress refuses every block that is not the public internet, and takes what borders on it', () => {
  for (const address of notPublic.trim().split(/\s+/)) assert.equal(isPublicAddress(address), false, address)
  for (const address of open.split(' ')) assert.equal(isPublicAddress(address), true, address)
})

it('isPublicAddress refuses what is no plain address', () => {
  for (const text of [
    '',
    'example.org',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '8.8.8',
    '010.8.8.8',
    '[::1]',
    '1.2.3.4/32',
  ])
    assert.equal(isPublicAddress(text), false, text)
})

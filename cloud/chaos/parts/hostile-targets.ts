import { networkInterfaces } from 'node:os'
import { createLots } from '../../../scripts/chaos/lots.ts'

/** An address that somebody names to be led inside. */
export interface HostileTarget {
  kind: 'literal' | 'name' | 'rebinding' | 'redirect' | 'disguised' | 'port' | 'protocol'
  url: string
  /** What its name leads to, look-up by look-up; the last again and again. */
  answers?: readonly (readonly string[])[]
}

interface Places {
  /** Port of the canary, on every address of this machine. */
  port: number
  /** A receiver that counts as public, and its port. */
  open: { address: string; port: number }
  /** Random addresses of each block. */
  runs: number
  seed: number
}

/** First and last address of the blocks that are not the public internet. */
const blocks = [
  ['127.0.0.0', '127.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['0.0.0.0', '0.255.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
] as const
const ipv6 = [
  '::1',
  '::',
  'fe80::1',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  'ff02::1',
  '100::1',
  '2001:db8::1',
  '5f00::1',
  '3fff::1',
]

/** Every way in that is known: spellings, forms of IPv6, names, answers that change, redirects, user names, ports, protocols. */
export function hostileTargets({ port, open, runs, seed }: Places): HostileTarget[] {
  const lots = createLots(seed)
  const inside = [
    ...['127.0.0.1', '0.0.0.0', '169.254.169.254'],
    ...Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address),
    ),
    ...blocks.flatMap(([first, last]) => [
      first,
      last,
      ...Array.from({ length: runs }, () => between(first, last, lots.next())),
    ]),
  ]
  const literals = [
    ...inside.flatMap(spellings),
    ...inside
      .flatMap(embedded)
      .concat(ipv6)
      .map((address) => `[${address}]`),
  ]
  let names = 0
  const named = (kind: HostileTarget['kind'], answers: HostileTarget['answers'], at = port): HostileTarget => ({
    kind,
    url: `http://n${++names}.example.com:${at}/`,
    ...(answers && { answers }),
  })
  const [publicly, loopback] = [[open.address], ['127.0.0.1']]
  return [
    ...literals.map((host): HostileTarget => ({ kind: 'literal', url: `http://${host}:${port}/` })),
    ...[...inside, ...inside.flatMap(embedded), ...ipv6].map((address) => named('name', [[address]])),
    ...inside.map((address) => named('name', [['93.184.215.14', address]])),
    // The canary listens on this port too, but for the address that is allowed: only who asks again is led there.
    ...[
      [publicly, loopback],
      [publicly, ['::1']],
      [publicly, publicly, loopback],
      [[], loopback],
    ].flatMap((answers) => Array.from({ length: 10 }, () => named('rebinding', answers, open.port))),
    ...[301, 302, 303, 307, 308].flatMap((status) =>
      ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0'].map(
        (host): HostileTarget => {
          const to = encodeURIComponent(`http://${host}:${port}/`)
          return {
            kind: 'redirect',
            url: `http://open.example.com:${open.port}/${status}?to=${to}`,
            answers: [publicly],
          }
        },
      ),
    ),
    ...disguises(port, open).map((url): HostileTarget => ({ kind: 'disguised', url, answers: [publicly] })),
  ]
}

/** Ports and protocols that a receiver may not have, whatever its address. */
export const forbiddenDoors = (port: number): HostileTarget[] => [
  ...[1, 22, 25, 53, 80, 110, 2375, 3306, 5432, 6379, 8000, 9200, 11_211, 27_017, port].map(
    (at): HostileTarget => ({ kind: 'port', url: `https://door.example.com:${at}/`, answers: [['127.0.0.1']] }),
  ),
  ...['http', 'ftp', 'file', 'gopher', 'ws', 'wss', 'data', 'javascript', 'unix', 'dict', 'ldap', 'jar'].map(
    (protocol): HostileTarget => ({ kind: 'protocol', url: `${protocol}://127.0.0.1:${port}/` }),
  ),
]

/** How an IPv4 address may be spelt. */
function spellings(address: string): string[] {
  const parts = address.split('.').map(Number) as [number, number, number, number]
  const [a, b, c, d] = parts
  const whole = toNumber(address)
  const [octal, hex] = [(n: number) => `0${n.toString(8)}`, (n: number) => `0x${n.toString(16)}`]
  return [
    ...[address, `${address}.`, String(whole), hex(whole), octal(whole), `000${octal(whole)}`],
    ...[parts.map(octal).join('.'), parts.map(hex).join('.'), `${hex(a)}.${octal(b)}.${c}.${d}`],
    ...[
      `${a}.${(b << 16) | (c << 8) | d}`,
      `${a}.${b}.${(c << 8) | d}`,
      `${octal(a)}.${hex((b << 16) | (c << 8) | d)}`,
    ],
    [...address].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(''),
    address.replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))).replaceAll('.', '\u3002'),
    address.replaceAll(/[1-9]/g, (digit) => String.fromCharCode(0x2460 + Number(digit) - 1)),
  ]
}

/** IPv6 addresses that carry an IPv4 address. */
function embedded(address: string): string[] {
  const whole = toNumber(address)
  const groups = `${(whole >>> 16).toString(16)}:${(whole & 0xffff).toString(16)}`
  const turned = (~whole >>> 0).toString(16).padStart(8, '0')
  return [
    ...[`::ffff:${address}`, `::ffff:${groups}`, `0:0:0:0:0:FFFF:${groups}`, `::${groups}`, `::ffff:0:${groups}`],
    ...[
      `64:ff9b::${groups}`,
      `64:ff9b:1::${groups}`,
      `2002:${groups}::1`,
      `fe80::5efe:${groups}`,
      `2606:4700::5efe:${groups}`,
    ],
    `2001:0:4136:e378:8000:63bf:${turned.slice(0, 4)}:${turned.slice(4)}`,
  ]
}

/** Addresses that two readers read differently. */
const disguises = (port: number, open: Places['open']): string[] => {
  const name = 'open.example.com'
  const canary = `127.0.0.1:${port}`
  return [
    ...[
      `http://${name}@${canary}/`,
      `http://${name}:80@${canary}/`,
      `http://${canary}@${name}:${open.port}/`,
      `http://a:b@${canary}/`,
    ],
    ...[
      `http://${name}%2f@${canary}/`,
      `http://${name}\\@${canary}/`,
      `http://${canary}\\@${name}/`,
      `http://${name}#@${canary}/`,
    ],
    ...[
      `http:${canary}/`,
      `http:/${canary}/`,
      `http:\\\\${canary}/`,
      `http:///${canary}/`,
      `\thttp://${canary}/`,
      `ht\ntp://${canary}/`,
    ],
    ...[
      `http://127.0.0\t.1:${port}/`,
      `http://127.0.0.1\u00ad:${port}/`,
      `http://LOCALHOST:${port}/`,
      `http://localhost.:${port}/`,
    ],
    ...[
      `http://a.localhost:${port}/`,
      `http://ip6-localhost:${port}/`,
      `http://[::1%25lo]:${port}/`,
      `http://[::ffff:127.0.0.1%25lo]:${port}/`,
    ],
    ...[
      `http://metadata.google.internal:${port}/`,
      `http://printer.local:${port}/`,
      `http://router.home.arpa:${port}/`,
      `http://db:${port}/`,
    ],
    ...[
      `//${canary}/`,
      canary,
      `http://`,
      `http://:${port}/`,
      `http://256.256.256.256:${port}/`,
      `http://${'a'.repeat(2000)}/`,
      `http://${canary} /`,
    ],
  ]
}

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

function between(first: string, last: string, share: number): string {
  const from = toNumber(first)
  const value = from + Math.floor(share * (toNumber(last) - from + 1))
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
}

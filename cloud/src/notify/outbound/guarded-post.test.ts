import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import { createGuardedPost } from './guarded-post.ts'
import { isPublicAddress } from './public-address.ts'
import { publicTargets, readTarget } from './target.ts'

/** Stands for the public internet. */
const open = '127.0.0.2'
const { signal } = new AbortController()

describe('createGuardedPost', async () => {
  const asked: string[] = []
  let location = ''
  const server = createServer((request, response) => {
    asked.push(request.headers.host ?? '')
    response.writeHead(location === '' ? 200 : 307, { location }).end('x'.repeat(100_000))
  }).listen(0, '0.0.0.0')
  await once(server, 'listening')
  after(() => server.close())
  const { port } = server.address() as AddressInfo
  const rules = {
    ...{ ...publicTargets, protocols: new Set(['http:']), ports: null },
    isAllowed: (address: string) => address === open || isPublicAddress(address),
  }
  const postTo = (url: string, ...answers: string[][]) => {
    const post = createGuardedPost({ rules, resolve: async () => answers.shift() ?? [] })
    return post({ url, headers: {}, body: '{}', signal })
  }
  const url = `http://hooks.example.com:${port}/`
  const refused = { name: 'RefusedTargetError' }

  it('posts to an allowed address, and reads the beginning of the answer', async () => {
    const { status, text } = await postTo(url, [open])
    assert.deepEqual([status, text.length], [200, 4096])
    assert.deepEqual(asked.splice(0), [`hooks.example.com:${port}`])
  })

  it('asks for the addresses of a name once, and goes nowhere else', async () => {
    await postTo(url, [open], ['127.0.0.1'])
    assert.equal(asked.splice(0).length, 1)
    await assert.rejects(postTo(url, ['127.0.0.1'], [open]), refused)
    await assert.rejects(postTo(url, [open, '10.0.0.1']), refused)
    await assert.rejects(postTo(url, ['::ffff:127.0.0.1']), refused)
    await assert.rejects(postTo(url, []), /has no address/)
    assert.deepEqual(asked, [])
  })

  it('follows no redirect', async () => {
    location = `http://127.0.0.1:${port}/`
    assert.equal((await postTo(url, [open])).status, 307)
    assert.equal(asked.splice(0).length, 1)
  })

  it('ends when it is told to', async () => {
    const post = createGuardedPost({ rules, resolve: () => new Promise(() => {}) })
    const stop = new AbortController()
    const posting = post({ url, headers: {}, body: '', signal: stop.signal })
    stop.abort(new Error('stopped'))
    await assert.rejects(posting, /stopped/)
  })
})

it('readTarget refuses what can be seen without asking anybody', () => {
  assert.equal(readTarget('https://hooks.example.com:8443/x', publicTargets).hostname, 'hooks.example.com')
  const bad =
    'http://a.example.com/ https://a.example.com:22/ https://u:p@a.example.com/ https://u@a.example.com/ https://127.0.0.1/ https://2130706433/ https://0x7f.1/ https://0177.0.0.1/ https://[::1]/ https://[::ffff:10.0.0.1]/ https://localhost/ https://a.localhost./ https://db/ https://metadata.google.internal/ file:///etc/passwd x'
  for (const url of bad.split(' '))
    assert.throws(() => readTarget(url, publicTargets), { name: 'RefusedTargetError' }, url)
})

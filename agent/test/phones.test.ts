import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { PairedPhone } from '@fairmile/contract/phone.ts'
import { freePort } from '../../scripts/free-port.ts'
import { createScratchAgent } from './scratch-agent.ts'

test('fairmile-agent phones pairs a phone with a running agent, lists it, and ends it at once', async () => {
  await using agent = createScratchAgent()
  agent.claim()
  const port = await freePort()
  const env = { FAIRMILE_SCREEN: String(port) }
  const running = agent.start(['run'], env)
  await running.said('the in-car screen is here')

  const { out, err } = await agent.start(['phones', 'pair', '--json'], env).ended
  const { code } = JSON.parse(out || err) as { code: string }
  const post = (path: string, body: unknown, headers = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const { id, token } = (await (await post(localPaths.pair, { code, name: 'Anna' })).json()) as PairedPhone
  const say = async () =>
    (
      await post(
        localPaths.phone,
        { handling: false, screenOn: false, call: 'none' },
        { authorization: `Bearer ${token}` },
      )
    ).status
  assert.equal(await say(), 200)

  assert.match((await agent.start(['phones', 'list'], env).ended).out, new RegExp(`^${id} .*Anna$`, 'm'))
  assert.equal((await agent.start(['phones', 'remove', id], env).ended).code, 0)
  assert.equal(await say(), 401)
  const again = await agent.start(['phones', 'remove', id], env).ended
  assert.equal(again.code, 1)
  assert.match(again.err, /there is none/)
  running.child.kill('SIGTERM')
  assert.equal((await running.ended).code, 0)
})

test('fairmile-agent phones says that an agent must run to pair', async () => {
  await using agent = createScratchAgent()
  const { code, err } = await agent.start(['phones', 'pair'], { FAIRMILE_SCREEN: String(await freePort()) }).ended
  assert.equal(code, 1)
  assert.match(err, /no agent answers/)
})

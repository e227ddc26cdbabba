import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { logTopic } from '@fairmile/contract/topics.ts'
import { createShare } from './share.ts'

const payload = Buffer.from('x')
const given = { qos: 1, signal: new AbortController().signal } as const
const taker = () => {
  const topics: string[] = []
  return { topics, take: async ({ topic }: { topic: string }) => void topics.push(topic) }
}

describe('createShare', () => {
  it('says that nobody is there', () => {
    assert.equal(createShare().give({ topic: logTopic('DEV-1', 'trips'), payload }, given), null)
  })

  it('gives each taker a part, a device always to the same, and all to who is left', async () => {
    const share = createShare()
    const [one, two] = [taker(), taker()]
    share.add(one.take)
    share.add(two.take)
    for (let round = 0; round < 2; round++)
      for (let i = 0; i < 100; i++) await share.give({ topic: logTopic(`DEV-${i}`, 'trips'), payload }, given)
    assert.equal(one.topics.length + two.topics.length, 200)
    assert.ok(one.topics.length >= 60 && two.topics.length >= 60, `${one.topics.length} and ${two.topics.length}`)
    assert.ok(one.topics.every((topic) => !two.topics.includes(topic)))
    share.remove(one.take)
    await share.give({ topic: one.topics[0] ?? '', payload }, given)
    assert.equal(two.topics.at(-1), one.topics[0])
  })
})

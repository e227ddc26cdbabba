import assert from 'node:assert/strict'
import { PolicyDetail } from '@fairmile/contract/http/policies.ts'
import type { caller } from './api-rig.ts'

/** An admin's calls about one policy: `done` is an act that must be taken. */
export function policyCalls(admin: ReturnType<typeof caller>) {
  const post = (id: string, act: string, body: unknown) => admin('POST', `/api/v1/policies/${id}/${act}`, body)
  const done = async (id: string, act: string, body: unknown): Promise<PolicyDetail> => {
    const { status, body: told } = await post(id, act, body)
    assert.ok(status < 300, JSON.stringify(told))
    return PolicyDetail.parse(told)
  }
  const get = async (id: string) => PolicyDetail.parse((await admin('GET', `/api/v1/policies/${id}`)).body)
  return { post, done, get }
}

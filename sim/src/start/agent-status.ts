import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What `fairmile-agent status --json` says of one lane of the outbox. */
export interface LaneStatus {
  lastSeq: number
  acked: number
  waiting: number
}

/** The part of the agent's status that we look at. */
export interface AgentStatus {
  device: string | null
  boot: number
  lanes: Record<string, LaneStatus>
}

/** Asks the agent's own tool about the outbox in its data folder; works while the agent runs. */
export async function agentStatus(root: string, agentDir: string): Promise<AgentStatus> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(root, 'agent/bin/fairmile-agent.mjs'), 'status', '--json'],
    { env: { ...process.env, FAIRMILE_DATA: agentDir } },
  )
  return JSON.parse(stdout) as AgentStatus
}

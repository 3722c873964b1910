/**
 * The callers: a mix of exchanges that are allowed, refused and replayed, over a few kept-alive connections. What each was told is kept, and so is who was told nothing:
 * those ask again with the same token, as a job would.
 */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import * as z from 'zod'
import { ledgerOf, OWNERS, REPOSITORIES, type Stage } from './stage.ts'

/** What callers of one ledger know. */
export interface Told {
  /** Leases of the credentials that were handed over. */
  readonly issued: Set<string>
  refused: number
  /** Credentials given back, and the giving back confirmed. */
  returned: number
  /** Requests without an answer, which may have been carried out or not. */
  lostReturns: number
  lostAsks: number
  /** Tokens whose first exchange was never answered and whose second was called a replay: the first must be there. */
  readonly burnt: Set<string>
}

export interface Traffic {
  readonly told: ReadonlyMap<string, Told>
  /** Answers that nothing explains. */
  readonly strange: string[]
  readonly asked: () => number
  /** Sends so many asks and resolves when the last is settled. A broker that dies meanwhile is waited for. */
  readonly send: (count: number) => Promise<void>
}

const CONNECTIONS = 16
const RETRY_MS = 50

interface Ask {
  readonly told: Told
  readonly jti: string
  readonly body: string
  readonly grant: string
  readonly expected: 'issued' | 'grant_refused' | 'token_replayed'
}

const answerBody = z.looseObject({ access_token: z.string().optional(), lease_id: z.string().optional(), code: z.string().optional() })

export function startTraffic(stage: Stage): Traffic {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const told = new Map(OWNERS.map((owner) => [ledgerOf(owner), newTold()]))
  const strange: string[] = []
  const used = new Map<Told, string>()
  let asked = 0

  const post = (path: string, body: string) => send(agent, `${stage.origin}${path}`, body)

  async function settle(ask: Ask): Promise<void> {
    for (let lost = 0; ; lost++) {
      const answer = await post('/token', ask.body)
      if (answer === undefined) {
        ask.told.lostAsks++
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
        continue
      }
      return note(ask, answer, lost)
    }
  }

  async function note({ told: of, jti, body, expected }: Ask, { status, text }: Answer, lost: number): Promise<void> {
    const { access_token: credential, lease_id: lease, code } = answerBody.parse(JSON.parse(text))
    if (status === 200 && expected === 'issued' && credential !== undefined && lease !== undefined) {
      if (of.issued.has(lease)) strange.push(`lease ${lease} was handed over twice`)
      of.issued.add(lease)
      used.set(of, body)
      if (asked % 23 === 0) await giveBack(of, credential)
      return
    }
    of.refused++
    if (code === expected) return
    if (code === 'token_replayed' && lost > 0) of.burnt.add(jti)
    else strange.push(`${expected} was expected, and answered was ${status} ${code}`)
  }

  async function giveBack(of: Told, credential: string): Promise<void> {
    const answer = await post('/revoke', new URLSearchParams({ token: credential }).toString())
    if (answer === undefined) of.lostReturns++
    else if (answer.status === 200) of.returned++
    else strange.push(`a credential could not be given back: ${answer.status} ${answer.text}`)
  }

  return {
    told,
    strange,
    asked: () => asked,
    send: async (count) => {
      const until = asked + count
      const serve = async (): Promise<void> => {
        while (asked < until) await settle(makeAsk(asked++, stage, told, used))
      }
      await Promise.all(Array.from({ length: CONNECTIONS }, serve))
    },
  }
}

function newTold(): Told {
  return { issued: new Set(), refused: 0, returned: 0, lostReturns: 0, lostAsks: 0, burnt: new Set() }
}

/** Of 20: one refused, one replayed, two with an upstream, two with limits, the others plain. */
function makeAsk(index: number, { press }: Stage, told: ReadonlyMap<string, Told>, used: ReadonlyMap<Told, string>): Ask {
  const owner = OWNERS[index % OWNERS.length] ?? { name: '', id: '' }
  const repository = REPOSITORIES[Math.floor(index / OWNERS.length) % REPOSITORIES.length] ?? { name: '', id: '' }
  const of = told.get(ledgerOf(owner)) ?? newTold()
  const turn = Math.floor(index / OWNERS.length) % 20
  const replayed = turn === 7 ? used.get(of) : undefined
  if (replayed !== undefined) return { told: of, jti: '', body: replayed, grant: '', expected: 'token_replayed' }
  const jti = randomUUID()
  const full = `${owner.name}/${repository.name}`
  const token = press.makeOne({
    jti,
    repository: full,
    repository_id: repository.id,
    repository_owner: owner.name,
    repository_owner_id: owner.id,
    sub: `repo:${full}:ref:refs/heads/main`,
    workflow_ref: `${full}/.github/workflows/ci.yml@refs/heads/main`,
    job_workflow_ref: `${full}/.github/workflows/ci.yml@refs/heads/main`,
    ...(turn === 3 ? { ref: 'refs/heads/feature', sub: `repo:${full}:ref:refs/heads/feature` } : {}),
  })
  const grant = turn < 2 ? `read-${owner.name}` : turn < 5 ? 'counted' : 'call-api'
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: grant,
  })
  return { told: of, jti, body: body.toString(), grant, expected: turn === 3 ? 'grant_refused' : 'issued' }
}

interface Answer {
  readonly status: number
  readonly text: string
}

/** `undefined`: the answer never came, whole. */
function send(agent: Agent, url: string, body: string): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
    const asking = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve(response.complete ? { status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() } : undefined),
      )
      response.on('error', () => resolve(undefined))
    })
    asking.on('error', () => resolve(undefined))
    asking.end(body)
  })
}

/**
 * A broker on loopback that speaks the wire of the contract: it verifies each ID token with the platform's key, takes each one once,
 * gives what its grants hold, and ends leases. Failures on demand come before any of that.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JWTPayload, jwtVerify } from 'jose'
import { type Ci, ISSUER } from './ci.ts'
import { json, type Loopback, type Received, type Reply, serveLoopback } from './loopback.ts'

export interface Exchange {
  readonly path: string
  readonly form: URLSearchParams
  readonly idToken: string
  readonly at: number
}

export interface GrantOnLoopback {
  readonly kind: string
  readonly ttl: number
  readonly details: Readonly<Record<string, unknown>>
  readonly accessToken: (form: URLSearchParams, lease: string) => string
}

export interface BrokerOnLoopback extends Loopback {
  readonly exchanges: Exchange[]
  /** Leases that were given back. */
  readonly returned: string[]
  readonly live: Set<string>
  readonly grants: Map<string, GrantOnLoopback>
  /** Answers to give first, taken one by one. */
  readonly failures: (Reply | 'hang' | 'reset')[]
  /** The `aud` it expects; its origin unless a test says otherwise. */
  audience: string
}

export const POLICY = `sha256:${'ab'.repeat(32)}`
export const DECISION = '01990f6e-8a52-7d11-9a33-5f0a6b1c2d3e'

export async function startBroker(ci: Ci): Promise<BrokerOnLoopback> {
  const used = new Set<string>()
  const server = await serveLoopback(async (received) => {
    const form = new URLSearchParams(received.body)
    const idToken = form.get('subject_token') ?? (received.headers.authorization ?? '').replace('Bearer ', '')
    broker.exchanges.push({ path: received.url.pathname, form, idToken, at: Date.now() })
    const failure = broker.failures.shift()
    if (failure !== undefined) return failure
    const claims = await prove(idToken, ci, broker.audience)
    if (claims === undefined) return refusal({ error: 'invalid_request', error_description: 'the subject token is not acceptable' })
    if (used.has(claims.jti ?? '')) return refusal({ error: 'invalid_request', code: 'token_replayed' })
    used.add(claims.jti ?? '')
    return received.url.pathname === '/revoke' ? revoke(broker, form) : grant(broker, received, form)
  })
  const broker: BrokerOnLoopback = {
    ...server,
    exchanges: [],
    returned: [],
    live: new Set(),
    grants: new Map(),
    failures: [],
    audience: server.origin,
  }
  return broker
}

async function prove(idToken: string, ci: Ci, audience: string): Promise<JWTPayload | undefined> {
  try {
    return (await jwtVerify(idToken, ci.publicKey, { issuer: ISSUER, audience, algorithms: ['RS256'] })).payload
  } catch {
    return undefined
  }
}

/** An error body of the contract, with the decision's id. */
export function refusal(body: Readonly<Record<string, unknown>>, status = 400, headers: Readonly<Record<string, string>> = {}): Reply {
  return json(status, { decision_id: DECISION, ...body }, headers)
}

function revoke(broker: BrokerOnLoopback, form: URLSearchParams): Reply {
  const lease = form.get('lease_id') ?? ''
  if (broker.live.delete(lease)) broker.returned.push(lease)
  return { status: 200, body: '' }
}

function grant(broker: BrokerOnLoopback, received: Received, form: URLSearchParams): Reply {
  const wellFormed =
    received.method === 'POST' && received.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  if (!wellFormed || form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:token-exchange') {
    return refusal({ error: 'invalid_request', code: 'request_malformed' })
  }
  const name = form.get('audience') ?? ''
  const known = broker.grants.get(name)
  if (known === undefined) {
    return refusal({
      error: 'invalid_target',
      code: 'grant_refused',
      error_description: 'No grant of this name.',
      reasons: [],
      hint: [...broker.grants.keys()][0],
    })
  }
  const lease = randomUUID()
  broker.live.add(lease)
  return json(200, {
    access_token: known.accessToken(form, lease),
    issued_token_type: `urn:jobpass:params:credential:${known.kind}`,
    token_type: 'N_A',
    expires_in: Math.min(known.ttl, Number(form.get('ttl') ?? known.ttl)),
    authorization_details: [{ type: known.kind, ...known.details }],
    kind: known.kind,
    lease_id: lease,
    policy: POLICY,
    rule: `${name}/0`,
  })
}

/** Signs an OpenSSH public line as `ssh-keygen` does, with a certificate authority of its own; the answer is the credential's JSON. */
export function signWithSshKeygen(publicLine: string, lease: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobpass-test-ca-'))
  try {
    const ca = join(folder, 'ca')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', ca])
    writeFileSync(join(folder, 'holder.pub'), `${publicLine}\n`)
    execFileSync('ssh-keygen', ['-q', '-s', ca, '-I', lease, '-n', 'deploy', '-z', '7', '-V', '+10m', join(folder, 'holder.pub')])
    const certificate = readFileSync(join(folder, 'holder-cert.pub'), 'utf8').trim()
    return JSON.stringify({ certificate, ca: readFileSync(`${ca}.pub`, 'utf8').trim(), principals: ['deploy'], serial: '7', key_id: lease })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

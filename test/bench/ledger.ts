/**
 * What proving a ledger costs: a file of a million entries over several ledgers, made as a broker writes it, verified by the command in a process of its own.
 * What is measured is that whole process: its time from start to end, and the most memory it ever had.
 */
import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointBody, type LedgerState, noteKeyId, othersDigest, signedNote } from '../../shared/checkpoint.ts'
import { canonicalJson, type JsonObject } from '../../shared/json.ts'
import { AUTHORITY_LEDGER, GENESIS_HASH } from '../../shared/ledger.ts'
import type { EntryBody } from '../../shared/ledger-entries.ts'

const JOBPASS = join(import.meta.dirname, '../../dist/jobpass/main.js')
const SIZES = [10_000, 100_000, 1_000_000]
const LEDGERS = 7
const TARGET_SECONDS = 20

export async function benchLedger(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jobpass-bench-'))
  console.log(`ledger verify: entries over ${LEDGERS + 1} ledgers`)
  try {
    for (const entries of SIZES) {
      const file = join(folder, 'ledger.ndjson')
      await writeLedgers(file, entries)
      const { size } = await stat(file)
      const { seconds, cpuSeconds, megabytes, said } = await verify(file)
      const late = seconds > TARGET_SECONDS ? `, over ${TARGET_SECONDS} s` : ''
      console.log(
        `  ${String(entries).padStart(9)}  ${(size / 1e6).toFixed(0).padStart(5)} MB  ${seconds.toFixed(1).padStart(5)} s (cpu ${cpuSeconds.toFixed(1)} s)  ${megabytes.toFixed(0)} MB resident  ${said}${late}`,
      )
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** An exchange and its end, in turn: what most entries are. */
function bodyOf(index: number): { body: EntryBody; ask?: JsonObject } {
  const lease = index.toString(16).padStart(32, '0')
  const about = {
    lease,
    grant: 'call-internal-api',
    workload: 'docs',
    connection: 'internal-api',
    kind: 'jwt',
    run_id: String(24_766_983_965 + index),
  }
  if (index % 2 === 1) return { body: { type: 'returned', ...about, credential_end: 'inactive_at_introspection' } }
  const credential = hash('sha256', lease, 'base64')
  const more = { policy: POLICY, decision: lease, issuer: 'github', credential, expires_at: 1_795_000_000 + index }
  return {
    body: { type: 'issued', ...about, ...more },
    ask: { attributes: ATTRIBUTES, job: String(index), jti: lease, rule: 'call-internal-api/0', scope: 'pages.read' },
  }
}

const POLICY = `sha256:${'a'.repeat(64)}` as const
const ATTRIBUTES = {
  actor: 'octocat',
  actor_id: '583231',
  base_ref: '',
  environment: 'production',
  event_name: 'push',
  head_ref: '',
  job_workflow_ref: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main',
  ref: 'refs/heads/main',
  ref_protected: 'true',
  ref_type: 'branch',
  repository: 'acme/docs',
  repository_id: '700000001',
  repository_owner: 'acme',
  repository_owner_id: '65000001',
  repository_visibility: 'private',
  runner_environment: 'github-hosted',
  sha: 'f'.repeat(40),
  workflow: 'deploy',
  workflow_ref: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main',
}

async function writeLedgers(file: string, entries: number): Promise<void> {
  const out = createWriteStream(file)
  const states: LedgerState[] = []
  for (let ledger = 0; ledger < LEDGERS; ledger++) {
    let state: LedgerState = { ledger: `v1:https://token.actions.githubusercontent.com:6500000${ledger}`, seq: 0, hash: GENESIS_HASH }
    for (let index = 0; index < Math.floor((entries - 1) / LEDGERS); index++) state = await append(out, state, bodyOf(index))
    states.push(state)
  }
  const others = othersDigest(states, sha256Base64)
  const start: LedgerState = { ledger: AUTHORITY_LEDGER, seq: 0, hash: GENESIS_HASH }
  states.push(await append(out, start, { body: { type: 'checkpointed', others, ledgers: LEDGERS } }))
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  out.write(`${JSON.stringify({ type: 'checkpoint', note: noteOf(states, privateKey, publicKey) })}\n`)
  out.end(`${JSON.stringify({ type: 'keys', keys: [publicKey.export({ format: 'jwk' })] })}\n`)
  await once(out, 'finish')
}

async function append(
  out: WriteStream,
  { ledger, seq, hash: prev }: LedgerState,
  { body, ask }: { body: EntryBody; ask?: JsonObject },
): Promise<LedgerState> {
  const at = new Date(1_795_000_000_000 + seq * 250).toISOString()
  const text = canonicalJson({ ...body, ...(ask === undefined ? {} : { ask }), v: 1, ledger, seq: seq + 1, at, prev })
  const own = hash('sha256', text, 'hex')
  if (!out.write(`{"hash":"${own}",${text.slice(1)}\n`)) await once(out, 'drain')
  return { ledger, seq: seq + 1, hash: own }
}

function noteOf(states: readonly LedgerState[], privateKey: KeyObject, publicKey: KeyObject): string {
  const body = checkpointBody('https://jobpass.example.com', states, sha256Base64)
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const keyId = noteKeyId('jobpass', raw, (bytes) => createHash('sha256').update(bytes).digest())
  return signedNote(body, {
    keyName: 'jobpass',
    blob: Buffer.concat([keyId, sign(null, Buffer.from(body), privateKey)]).toString('base64'),
  })
}

function sha256Base64(text: string): string {
  return hash('sha256', text, 'base64')
}

interface Measured {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly megabytes: number
  readonly said: string
}

/** The kernel keeps the most memory and the CPU of a process until it is gone, so both are read while it runs. */
async function verify(file: string): Promise<Measured> {
  const from = performance.now()
  const child = spawn(process.execPath, [JOBPASS, 'ledger', 'verify', file], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  let [kilobytes, cpuTicks] = [0, 0]
  const look = setInterval(async () => {
    const read = async (name: string): Promise<string> => readFile(`/proc/${child.pid}/${name}`, 'utf8').catch(() => '')
    kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(await read('status'))?.[1] ?? kilobytes)
    const fields = (await read('stat')).split(') ')[1]?.split(' ') ?? []
    if (fields.length > 12) cpuTicks = Number(fields[11]) + Number(fields[12])
  }, 50)
  const [code] = await once(child, 'close')
  clearInterval(look)
  if (code !== 0) throw new Error(`verify ended with ${code}`)
  return {
    seconds: (performance.now() - from) / 1000,
    cpuSeconds: cpuTicks / 100,
    megabytes: kilobytes / 1024,
    said: said.split('\n')[0] ?? '',
  }
}

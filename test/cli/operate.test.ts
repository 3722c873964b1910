/** The operator's and auditor's commands against a whole broker: stop, look, end, and take stock, as docs/operations.md tells it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freezeCommand, freezesCommand, thawCommand } from '../../cli/commands/freeze.ts'
import { inventoryCommand, reportCommand } from '../../cli/commands/inventory.ts'
import { leasesCommand } from '../../cli/commands/leases.ts'
import { revokeCommand } from '../../cli/commands/revoke.ts'
import { DevProcess, EXAMPLE_POLICY } from './dev-process.ts'
import { run } from './operator-stage.ts'

let dev: DevProcess

beforeAll(async () => {
  dev = await DevProcess.ready([EXAMPLE_POLICY])
})

afterAll(() => dev.stop())

beforeEach(() => {
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  return () => void vi.unstubAllEnvs()
})

type Command = Parameters<typeof run>[0]

async function as(role: 'operator' | 'auditor', command: Command, ...args: string[]) {
  await dev.job({ iss: dev.line.issuer, repository: `jobpass/${role}` })
  return run(command, [...args, '--broker', dev.line.broker])
}

async function draw(runId: string): Promise<{ status: number; code: unknown }> {
  await dev.job({ run_id: runId })
  const { status, body } = await dev.exchange('call-internal-api')
  return { status, code: body.code }
}

describe('an incident', () => {
  test('is stopped, looked at, ended and over', async () => {
    expect((await draw('101')).status).toBe(200)
    expect((await draw('102')).status).toBe(200)

    const frozen = await as('operator', freezeCommand, '--workload', 'docs-site', '--reason', 'incident 42')
    expect([frozen.code, frozen.out]).toEqual([0, 'frozen: workload docs-site, on every ledger\n'])
    expect((await draw('103')).code).toBe('frozen')
    expect((await as('operator', freezesCommand)).out).toMatch(
      /^FROZEN +NAME +SINCE .*\nworkload +docs-site +\S+ +jobpass\/operator@\S+ +incident 42\n$/,
    )

    const live = await as('auditor', leasesCommand, '--workload', 'docs-site', '--format', 'json')
    expect(JSON.parse(live.out).leases).toHaveLength(2)
    const dry = await as('operator', revokeCommand, '--run', '101', '--dry-run')
    expect([dry.code, dry.out.split('\n').at(-2)]).toEqual([0, 'dry run: 1 would end: 1 inactive at introspection'])
    const ended = await as('operator', revokeCommand, '--workload', 'docs-site', '--reason', 'incident 42')
    expect([ended.code, ended.errors, ended.out.split('\n').at(-2)]).toEqual([0, '', '2 ended, 0 failed'])
    expect((await as('auditor', leasesCommand)).out).toBe('nothing is live\n')

    expect((await as('operator', thawCommand, '--workload', 'docs-site')).code).toBe(0)
    expect((await as('operator', freezesCommand, '--format', 'json')).out).toBe('{"freezes":[]}\n')
    expect((await draw('104')).status).toBe(200)
  })

  test('is nobody else’s to stop', async () => {
    const refused = await as('auditor', freezeCommand, '--all', '--reason', 'x')
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.errors).toContain('This takes the role operator')
    expect((await as('operator', leasesCommand)).code).toBe(2)
    expect((await as('operator', inventoryCommand)).code).toBe(2)
  })
})

describe('taking stock', () => {
  test('shows every record, its owner and its use', async () => {
    const { code, out } = await as('auditor', inventoryCommand)
    expect(code).toBe(0)
    expect(out).toMatch(/^call-internal-api +team-docs +acme-api +3 +1 +\S+ +1 +2027-05-01 +-$/m)
    expect(out).toMatch(/^web-shop +team-web #team-web +github +0 +- +0 +unused$/m)
    expect(JSON.parse((await as('auditor', inventoryCommand, '--format', 'json', '--since', '7d')).out)).toMatchObject({ days: 7, asks: 4 })
  })

  test('is written down for a review, as Markdown and as CSV', async () => {
    const markdown = await as('auditor', reportCommand)
    expect(markdown.code).toBe(0)
    expect(markdown.out).toContain('# Access review')
    expect(markdown.out).toMatch(/\| grant \| <code>deploy-web<\/code> .* not used in 90 days/)
    const csv = await as('auditor', reportCommand, '--since', '30d', '--format', 'csv')
    expect(csv.out.split('\r\n')[0]).toMatch(/^record,name,rule,workload,owner/)
    expect(csv.out).toContain('froze,docs-site')
  })

  test.each([
    [['--since', 'long'], '--since'],
    [['--since', '401d'], '--since'],
    [['--format', 'pdf'], '--format: markdown, csv, json'],
  ])('needs words it knows: %j', async (args, said) => {
    const { code, errors } = await as('auditor', reportCommand, ...args)
    expect(code).toBe(2)
    expect(errors).toContain(said)
  })
})

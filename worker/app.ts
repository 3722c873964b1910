/**
 * The route table, one line an endpoint, and the fault boundary: what is thrown anywhere is caught here once, logged by its kind, and told to nobody.
 */
import { Hono } from 'hono'
import { type Deps, randomId } from './deps.ts'
import { problemAnswer, refuse } from './routes/answers.ts'
import { postBreakGlass } from './routes/break-glass.ts'
import { callerAddress } from './routes/caller-address.ts'
import { deleteFreeze, getFreezes, putFreeze } from './routes/freezes.ts'
import { healthz } from './routes/healthz.ts'
import { introspect } from './routes/introspect.ts'
import { getInventory } from './routes/inventory.ts'
import { getKeys, resealAll, revokeKey, rotateKey } from './routes/keys.ts'
import { getLeases } from './routes/leases.ts'
import { revokeLeases } from './routes/leases-revoke.ts'
import { getCheckpoint, getLedger } from './routes/ledger.ts'
import { getMetrics } from './routes/metrics.ts'
import { getPolicy, putPolicy } from './routes/policy.ts'
import { getPolicyHistory } from './routes/policy-history.ts'
import { planPolicy } from './routes/policy-plan.ts'
import { confirmProposal, getProposals } from './routes/proposals.ts'
import { revoke } from './routes/revoke.ts'
import { getSinks } from './routes/sinks.ts'
import { token } from './routes/token.ts'
import { githubWebhook } from './routes/webhooks.ts'
import { jwks, metadata, sshAuthority } from './routes/well-known.ts'

const RATE_LIMIT_RETRY_AFTER = 60

export function makeApp(deps: Deps): Hono {
  const app = new Hono()
  // before the brake: deliveries come from a few addresses of GitHub's, as many as there are jobs, and what is not signed costs no more than one hash
  app.post('/webhooks/github', (context) => githubWebhook(context.req.raw, deps))

  app.use(async (context, next) => {
    const limited = await isLimited(context.req.raw, deps)
    if (!limited) return next()
    return refuse({ code: 'too_many_requests', retryAfter: RATE_LIMIT_RETRY_AFTER }, false, {
      event: 'brake',
      decision: randomId(deps),
      deps,
    })
  })

  app.post('/token', (context) => token(context.req.raw, deps))
  app.post('/revoke', (context) => revoke(context.req.raw, deps))
  app.post('/introspect', (context) => introspect(context.req.raw, deps))

  app.get('/.well-known/oauth-authorization-server', (context) => metadata(context.req.raw, deps))
  app.get('/.well-known/openid-configuration', (context) => metadata(context.req.raw, deps))
  app.get('/.well-known/jwks.json', (context) => jwks(context.req.raw, deps))
  app.get('/.well-known/ssh-ca/:connection', (context) => sshAuthority(context.req.raw, deps, context.req.param('connection')))
  app.get('/healthz', (context) => healthz(context.req.raw, deps))

  app.put('/policy', (context) => putPolicy(context.req.raw, deps))
  app.get('/policy', (context) => getPolicy(context.req.raw, deps))
  app.post('/policy/plan', (context) => planPolicy(context.req.raw, deps))
  app.get('/policy/history', (context) => getPolicyHistory(context.req.raw, deps))
  app.get('/proposals', (context) => getProposals(context.req.raw, deps))
  app.post('/proposals/:id/confirm', (context) => confirmProposal(context.req.raw, deps, context.req.param('id')))
  app.get('/ledger', (context) => getLedger(context.req.raw, deps))
  app.get('/ledger/checkpoint', (context) => getCheckpoint(context.req.raw, deps))
  app.get('/ledger/sinks', (context) => getSinks(context.req.raw, deps))
  app.get('/metrics', (context) => getMetrics(context.req.raw, deps))
  app.get('/inventory', (context) => getInventory(context.req.raw, deps))
  app.get('/leases', (context) => getLeases(context.req.raw, deps))
  app.post('/leases/revoke', (context) => revokeLeases(context.req.raw, deps))
  app.post('/break-glass', (context) => postBreakGlass(context.req.raw, deps))
  app.get('/freezes', (context) => getFreezes(context.req.raw, deps))
  app.put('/freezes', (context) => putFreeze(context.req.raw, deps))
  app.delete('/freezes', (context) => deleteFreeze(context.req.raw, deps))
  app.get('/keys', (context) => getKeys(context.req.raw, deps))
  app.post('/keys/rotate', (context) => rotateKey(context.req.raw, deps))
  app.post('/keys/revoke', (context) => revokeKey(context.req.raw, deps))
  app.post('/keys/reseal', (context) => resealAll(context.req.raw, deps))

  app.notFound(() => problemAnswer({ status: 404, title: 'No such endpoint' }))
  app.onError((fault) => {
    const decision = randomId(deps)
    deps.log({ event: 'fault', outcome: 'fault', decision, detail: `${fault.name} at ${placeOf(fault)}` })
    return Response.json(
      { error: 'server_error', error_description: 'Something is wrong with the broker itself.', decision_id: decision },
      { status: 500, headers: { 'cache-control': 'no-store' } },
    )
  })
  return app
}

async function isLimited(request: Request, deps: Deps): Promise<boolean> {
  if (deps.rateLimit === undefined) return false
  const address = callerAddress(request, deps.config)
  return address !== undefined && !(await deps.rateLimit(address))
}

/** The first frame of the stack, without the message: a message can quote what it failed on. */
function placeOf(fault: Error): string {
  return /^\s+at (.{1,200})$/m.exec(fault.stack ?? '')?.[1] ?? 'an unknown place'
}

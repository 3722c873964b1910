/** The outbound door, attacked: what an upstream may do to the broker, and what of it may show. */
import { Buffer } from 'node:buffer'
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type Delivery, deliver, type HttpDeps, secretValue, send, type UpstreamCall } from '../../worker/providers/http.ts'
import { loopbackFetch, NOW, providerDeps } from '../fakes/provider-order.ts'
import { type Answer, json, startUpstream } from '../fakes/upstream.ts'

const PLANTED = 'planted-secret-9f31c7'
const deps: HttpDeps = { fetch: loopbackFetch, now: () => NOW, origin: 'http://127.0.0.1:8787' }

/** One call with a secret in its header, to an upstream that answers so. */
async function outcomeOf(answer: Answer, changes: Partial<UpstreamCall> = {}) {
  await using upstream = await startUpstream(answer)
  const call: UpstreamCall = {
    method: 'POST',
    url: `${upstream.url}/mint`,
    headers: { authorization: `Bearer ${PLANTED}` },
    body: { ask: PLANTED },
    timeoutMs: 400,
    maxResponseBytes: 4096,
    ...changes,
  }
  const result = await send(call, deps)
  expect(upstream.requests.length).toBeLessThanOrEqual(1)
  if (!result.ok) expect(JSON.stringify(result)).not.toContain(PLANTED)
  return result
}

function raw(status: number, type: string, body: string | Buffer): Answer {
  return (_request, response) => void response.writeHead(status, { 'content-type': type }).end(body)
}

describe('an upstream that answers well', () => {
  it('is sent one request with our body and is read as JSON', async () => {
    const result = await outcomeOf((request, response) =>
      json(response, 201, { heard: JSON.parse(request.body), type: request.headers['content-type'] }),
    )
    expect(result).toEqual({ ok: true, value: { status: 201, body: { heard: { ask: PLANTED }, type: 'application/json' } } })
  })

  it('may answer with no body', async () => {
    expect(await outcomeOf((_request, response) => void response.writeHead(204).end())).toEqual({
      ok: true,
      value: { status: 204, body: undefined },
    })
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'application/vnd.github+json', 'APPLICATION/JSON'])(
    'may call its JSON %s',
    async (type) => {
      expect(await outcomeOf(raw(200, type, '{"a":1}'))).toEqual({ ok: true, value: { status: 200, body: { a: 1 } } })
    },
  )

  it('may leave out what its JSON is called', async () => {
    const bare: Answer = (_request, response) => void response.end('{"a":1}')
    expect(await outcomeOf(bare)).toEqual({ ok: true, value: { status: 200, body: { a: 1 } } })
    const text: Answer = (_request, response) => void response.end('ok')
    expect(await outcomeOf(text)).toMatchObject({ ok: false, error: { detail: 'not json' } })
  })

  it.each([400, 401, 403, 404, 422])('may say no with %i, whatever the body', async (status) => {
    expect(await outcomeOf(raw(status, 'text/html', `<p>${PLANTED}`))).toEqual({ ok: true, value: { status, body: undefined } })
  })

  it('may end a body exactly at the limit', async () => {
    const text = `"${'x'.repeat(4094)}"`
    expect(await outcomeOf(raw(200, 'application/json', text))).toMatchObject({ ok: true })
    expect(await outcomeOf(raw(200, 'application/json', `${text} `))).toMatchObject({ ok: false, error: { detail: 'too large' } })
  })
})

describe('an upstream that misbehaves', () => {
  it('cannot hold a call by never answering', async () => {
    const started = performance.now()
    expect(await outcomeOf(() => undefined)).toEqual({ ok: false, error: { code: 'upstream_unavailable', detail: 'timeout' } })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('cannot hold a call by dripping its body', async () => {
    const started = performance.now()
    expect(await outcomeOf(drip)).toEqual({ ok: false, error: { code: 'upstream_unavailable', detail: 'timeout' } })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it.each([301, 302, 303, 307, 308])('cannot send the secret elsewhere with %i', async (status) => {
    await using elsewhere = await startUpstream((_request, response) => json(response, 200, { stolen: true }))
    const answer: Answer = (_request, response) => void response.writeHead(status, { location: `${elsewhere.url}/${PLANTED}` }).end()
    expect(await outcomeOf(answer)).toEqual({ ok: false, error: { code: 'upstream_unavailable', detail: 'redirect', status } })
    expect(elsewhere.requests).toEqual([])
  })

  it('cannot fill the memory with a body of 10 MB, with its length or without', async () => {
    const big = Buffer.alloc(10_000_000, 'x')
    expect(await outcomeOf(raw(200, 'application/json', big))).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'too large', status: 200 },
    })
    const chunked: Answer = (_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      response.write(big)
      response.end()
    }
    expect(await outcomeOf(chunked)).toMatchObject({ ok: false, error: { detail: 'too large' } })
  })

  it.each([
    ['HTML', 'text/html', '<p>ok'],
    ['JSON called text', 'text/plain', '{"token":"x"}'],
    ['text called JSON', 'application/json', PLANTED],
    ['JSON cut off', 'application/json', '{"token":"'],
    ['bytes that are no text', 'application/json', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['a type that only begins like JSON', 'application/jsonp', '{}'],
  ])('is not believed when it answers 200 with %s', async (_what, type, body) => {
    expect(await outcomeOf(raw(200, type, body))).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'not json', status: 200 },
    })
  })

  it('shows as a network error when it drops the connection, before the head or in the body', async () => {
    expect(await outcomeOf((_request, response) => void response.destroy())).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'network error' },
    })
    const broken: Answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"token":')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await outcomeOf(broken)).toMatchObject({ ok: false, error: { detail: 'network error' } })
  })

  it('shows as a network error when a header cannot be sent, without quoting it', async () => {
    expect(await outcomeOf(raw(200, 'application/json', '{}'), { headers: { authorization: `Bearer ${PLANTED}\nx` } })).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', detail: 'network error' },
    })
  })
})

describe('an upstream that asks for patience', () => {
  it.each([
    ['429 with seconds', 429, { 'retry-after': '17' }, { detail: 'rate limited', retryAfter: 17 }],
    ['429 with a date', 429, { 'retry-after': new Date((NOW + 90) * 1000).toUTCString() }, { detail: 'rate limited', retryAfter: 90 }],
    [
      '429 with a date gone by',
      429,
      { 'retry-after': new Date((NOW - 90) * 1000).toUTCString() },
      { detail: 'rate limited', retryAfter: 0 },
    ],
    ['429 with a year', 429, { 'retry-after': '31536000' }, { detail: 'rate limited', retryAfter: 3600 }],
    ['429 with nonsense', 429, { 'retry-after': 'soon' }, { detail: 'rate limited' }],
    ['429 with nothing', 429, {}, { detail: 'rate limited' }],
    ['403 with seconds', 403, { 'retry-after': '60' }, { detail: 'rate limited', retryAfter: 60 }],
    [
      "403 with GitHub's own reset",
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 30) },
      { detail: 'rate limited', retryAfter: 30 },
    ],
    ['503 with seconds', 503, { 'retry-after': '5' }, { detail: 'server error', retryAfter: 5 }],
    ['500', 500, {}, { detail: 'server error' }],
    ['502', 502, {}, { detail: 'server error' }],
  ])('is unavailable: %s', async (_what, status, headers, error) => {
    expect(await outcomeOf((_request, response) => json(response, status, { message: PLANTED }, headers))).toEqual({
      ok: false,
      error: { code: 'upstream_unavailable', status, ...error },
    })
  })
})

describe('the address', () => {
  const refused = { ok: false, error: { code: 'upstream_unavailable', detail: 'address not allowed' } }
  const call = (url: string): UpstreamCall => ({ method: 'GET', url, headers: {} })
  const noFetch: HttpDeps = { ...deps, fetch: () => Promise.reject(new Error('it was fetched')) }

  it.each([
    'http://api.github.com/app',
    'http://localhost.evil.example/app',
    'http://127.0.0.1.evil.example/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'https://user:pass@api.github.com/',
    'not an address',
    '',
  ])('%s is not called', async (url) => {
    expect(await send(call(url), noFetch)).toEqual(refused)
  })

  it('of loopback over http is called by a broker on loopback alone', async () => {
    expect(await send(call('http://127.0.0.1:1/'), { ...noFetch, origin: 'https://broker.acme.example' })).toEqual(refused)
    expect(await send(call('http://127.0.0.1:1/'), noFetch)).toMatchObject({ error: { detail: 'network error' } })
    expect(await send(call('https://api.github.com/'), { ...noFetch, origin: 'https://broker.acme.example' })).toMatchObject({
      error: { detail: 'network error' },
    })
  })
})

describe('a root secret', () => {
  it('that is not set or empty makes the connection unavailable, by the name of its binding', () => {
    const error = { code: 'upstream_unavailable', detail: 'secret UPSTREAM_X is not set' }
    expect(secretValue('UPSTREAM_X', providerDeps({}))).toEqual({ ok: false, error })
    expect(secretValue('UPSTREAM_X', providerDeps({ UPSTREAM_X: ' \n' }))).toEqual({ ok: false, error })
  })

  it('loses the newline a file ends with', () => {
    expect(secretValue('UPSTREAM_X', providerDeps({ UPSTREAM_X: 'abc\n' }))).toEqual({ ok: true, value: 'abc' })
  })
})

/** One byte every 50 ms, for ever. */
function drip(_request: unknown, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
}

describe('a delivery', () => {
  async function statusOf(answer: Answer, changes: Partial<Delivery> = {}) {
    await using upstream = await startUpstream(answer)
    const result = await deliver(
      { url: `${upstream.url}/in`, headers: { 'content-type': 'text/x' }, text: 'Größe', timeoutMs: 400, ...changes },
      deps,
    )
    if (result.ok) expect(upstream.requests).toMatchObject([{ method: 'POST', body: 'Größe', headers: { 'content-type': 'text/x' } }])
    return result
  }

  it.each([200, 204, 400, 401, 413])('answers with the status %i, whatever else is said', async (status) => {
    expect(await statusOf(raw(status, 'text/html', PLANTED))).toEqual({ ok: true, value: status })
  })

  it('reads nothing of a body, however long', async () => {
    expect(await statusOf(raw(200, 'text/plain', Buffer.alloc(10_000_000, 'x')))).toEqual({ ok: true, value: 200 })
  })

  it.each<[string, Answer, string]>([
    ['is not answered', () => undefined, 'timeout'],
    ['is cut off', (_request, response) => void response.destroy(), 'network error'],
    ['is sent elsewhere', (_request, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(), 'redirect'],
    ['meets an error', raw(502, 'text/plain', PLANTED), 'server error'],
  ])('that %s did not happen', async (_name, answer, detail) => {
    expect(await statusOf(answer)).toMatchObject({ ok: false, error: { detail } })
  })

  it.each(['http://siem.example/', 'https://user:pass@siem.example/', 'ftp://siem.example/'])(
    'goes nowhere but over https: %s',
    async (url) => {
      expect(await statusOf(() => undefined, { url })).toMatchObject({ ok: false, error: { detail: 'address not allowed' } })
    },
  )
})

import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { readRetryAfter, sendHttp } from '../../action/http.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

/** A server that writes raw bytes, then keeps dripping or stays silent; it answers nothing else. */
async function rawServer(head: string, drip?: { readonly bytes: string; readonly everyMs: number }): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.write(head)
    const timer = drip && setInterval(() => socket.write(drip.bytes), drip.everyMs)
    socket.on('close', () => clearInterval(timer))
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/?secret=s3cret` : ''
}

const get = (url: string, timeoutMs = 400) => sendHttp({ method: 'GET', url, headers: { authorization: 'Bearer s3cret' } }, timeoutMs)

describe('sendHttp', () => {
  it('gives up on a server that never answers', async () => {
    expect(await get(await rawServer(''))).toEqual({ ok: false, error: { detail: 'no answer within 0.4 s' } })
  })

  it('counts the body into the time: a drip of bytes does not keep it waiting', async () => {
    const url = await rawServer('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n', { bytes: 'x', everyMs: 20 })
    expect(await get(url)).toMatchObject({ ok: false, error: { detail: 'no answer within 0.4 s' } })
  })

  it('reads no more than a mebibyte', async () => {
    const url = await rawServer('HTTP/1.1 200 OK\r\nContent-Length: 99000000\r\n\r\n', { bytes: 'x'.repeat(200_000), everyMs: 1 })
    expect(await get(url, 10_000)).toEqual({ ok: false, error: { detail: 'an answer larger than 1 MiB' } })
  })

  it.each([
    ['garbage for HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['a broken header', 'HTTP/1.1 200 OK\r\n: \u0000\r\n\r\n'],
  ])('survives %s and repeats nothing of the request', async (_, head) => {
    const answer = await get(await rawServer(head))
    expect(answer.ok).toBe(false)
    expect(JSON.stringify(answer)).not.toContain('s3cret')
  })

  it('names the code of the system when there is no server', async () => {
    const url = await rawServer('')
    await new Promise((resolve) => open.splice(0)[0]?.close(resolve))
    expect(await get(url)).toEqual({ ok: false, error: { detail: 'ECONNREFUSED' } })
  })

  it('hands a redirect over instead of following it', async () => {
    const elsewhere = await rawServer('')
    const answer = await get(await rawServer(`HTTP/1.1 302 Found\r\nLocation: ${elsewhere}\r\nContent-Length: 0\r\n\r\n`))
    expect(answer).toMatchObject({ ok: true, value: { status: 302, location: elsewhere } })
  })

  it('reads Date and Retry-After', async () => {
    const head =
      'HTTP/1.1 503 No\r\nDate: Sun, 22 Nov 2026 02:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 02:00:30 GMT\r\nContent-Length: 0\r\n\r\n'
    expect(await get(await rawServer(head))).toMatchObject({ ok: true, value: { date: 1_795_312_800, retryAfterMs: 30_000 } })
  })
})

describe('readRetryAfter', () => {
  it.each([
    [null, undefined],
    ['0', 0],
    ['12', 12_000],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999', undefined],
    ['Sun, 22 Nov 2026 01:59:00 GMT', 0],
  ])('reads %j as %j', (header, expected) => {
    expect(readRetryAfter(header, 1_795_312_800)).toBe(expected)
  })
})

/** One answer to "is it this machine?", whoever asks: an address that one part takes for loopback and another does not is spoken to by nobody, or by too many. */
import { describe, expect, it } from 'vitest'
import { isLoopbackHost } from '../../shared/loopback.ts'
import { isLoopbackIssuer } from '../../shared/policy/check-callers.ts'
import { isLoopbackUrl } from '../../worker/env.ts'

describe('a host', () => {
  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.0.0.2', true],
    ['127.255.255.254', true],
    ['[::1]', true],
    ['localhost.example', false],
    ['x.localhost', false],
    ['127.0.0.1.example', false],
    ['127.example', false],
    ['a127.0.0.1', false],
    ['128.0.0.1', false],
    ['0.0.0.0', false],
    ['[::]', false],
    ['[::ffff:7f00:1]', false],
  ])('%s: on this machine is %s, for the policy and the broker alike', (host, expected) => {
    const url = `http://${host}:8788`
    expect([isLoopbackHost(host), isLoopbackUrl(url), isLoopbackIssuer(url)]).toEqual([expected, expected, expected])
  })

  it.each(['http://0x7f.1', 'http://2130706433', 'http://LOCALHOST', 'http://127.1'])(
    'written as %s is what its URL makes of it',
    (url) => {
      expect(isLoopbackUrl(url)).toBe(true)
    },
  )
})

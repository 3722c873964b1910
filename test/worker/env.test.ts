/** The configuration: what is wrong with it is told whole, at once, and without a value that could be a secret. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../worker/env.ts'
import { PUBLISHED_BEFORE_USE } from '../../worker/state/keyring-schedule.ts'

/** The problems, one a line. */
function problemsOf(changes: object): readonly string[] {
  try {
    readConfig({ ...env, ...changes })
    return []
  } catch (thrown) {
    return String(thrown)
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .map((line) => line.trim())
  }
}

describe('the configuration', () => {
  it('names every problem at once, each by its binding', () => {
    const planted = 'c2VjcmV0LXZhbHVl'
    const problems = problemsOf({
      BROKER_ORIGIN: 'http://jobpass.example.com',
      AUTHORITIES: '{"publishers":{}}',
      SEALING_KEY: planted,
      SEALING_KEY_PREVIOUS: 'short',
      KEY_ROTATION: '12h',
    })
    expect(problems.map((line) => line.split(/[.:]/, 1)[0])).toEqual([
      'BROKER_ORIGIN',
      'AUTHORITIES',
      'SEALING_KEY',
      'SEALING_KEY_PREVIOUS',
      'KEY_ROTATION',
    ])
    expect(problems.at(-1)).toBe('KEY_ROTATION: a duration of more than a day, such as 30d')
    expect(problems.join()).not.toContain(planted)
  })

  it.each(['1d', '24h', '86400s', '1h', 'often', '30', '-2d', ''])('has no rotation of %j', (KEY_ROTATION) => {
    expect(problemsOf({ KEY_ROTATION })).toEqual(['KEY_ROTATION: a duration of more than a day, such as 30d'])
  })

  it('reads a rotation just long enough to publish the next key first, and leaves the rest to the keyring', () => {
    expect(readConfig({ ...env, KEY_ROTATION: `${PUBLISHED_BEFORE_USE + 1}s` }).keyRotation).toBe(PUBLISHED_BEFORE_USE + 1)
    expect(problemsOf({ KEY_ROTATION: `${PUBLISHED_BEFORE_USE}s` })).toHaveLength(1)
    expect(readConfig(env).keyRotation).toBeUndefined()
  })
})

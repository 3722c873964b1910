/** `details_malformed`: a caller whose `authorization_details` are wrong is told what was expected, in the words a policy author gets. */
import { describe, expect, it } from 'vitest'
import { type KindName, kinds } from '../../../shared/kinds/index.ts'
import { sentenceOf } from '../../../shared/refusal-wire.ts'
import { askedProblems } from '../../../worker/authorize/asked-problems.ts'

/** What the caller reads. */
function sentence(name: KindName, value: unknown): string {
  const schema = kinds[name].asked
  const read = schema.safeParse(value)
  if (read.success) throw new Error('nothing is wrong with this ask')
  const problems = askedProblems(read.error, { schema, value })
  return sentenceOf({ code: 'details_malformed', problems })
}

describe('an ask that is malformed', () => {
  it.each<[string, KindName, unknown, string]>([
    ['a list that is text', 'jwt', { scopes: 'read' }, 'scopes: expected a list, found "read"'],
    ['an empty list', 'jwt', { scopes: [] }, 'scopes: expected at least 1 in the list, found an empty list'],
    ['null', 'jwt', { scopes: null }, 'scopes: expected a list, found nothing'],
    ['a misspelt member', 'github-app', { permission: {} }, 'unknown key "permission" (did you mean "permissions"?)'],
    [
      'a misspelt permission',
      'github-app',
      { permissions: { content: 'read' } },
      'permissions: unknown key "content" (did you mean "contents"?)',
    ],
    [
      'a misspelt level',
      'github-app',
      { permissions: { contents: 'wrote' } },
      'permissions.contents: expected one of read, write, found "wrote" (did you mean "write"?)',
    ],
    [
      'the wrong type inside a list',
      'ssh-cert',
      { principals: ['deploy', 7] },
      'principals[1]: expected text, found the number 7: put it in quotes',
    ],
    ['a flag that is text', 'cloudflare-token', { pin_address: 'yes' }, 'pin_address: expected true or false, found "yes"'],
  ])('is told what was expected of %s', (_what, name, value, expected) => {
    expect(sentence(name, value)).toBe(`authorization_details is not usable: ${expected}.`)
  })

  it('is told which members there are when none is near', () => {
    expect(sentence('github-app', { zzzzzzzz: 1 })).toContain('unknown key "zzzzzzzz"; expected one of repositories, permissions')
  })

  it('is told its first three problems, in an answer that does not grow with the ask', () => {
    const members = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`${index}${'x'.repeat(500)}`, index]))
    const said = sentence('github-app', { permissions: members })
    expect(said.split('unknown key')).toHaveLength(4)
    expect(said.length).toBeLessThan(600)
    expect(sentence('jwt', { scopes: [`a ${'x'.repeat(60_000)}`] }).length).toBeLessThan(400)
  })

  it('cannot write control characters, or a place of its own, into the sentence', () => {
    for (const value of [
      { '\u001b[31m\n': ['x'] },
      { permissions: { '\u001b]0;x\u0007': 'read' } },
      { permissions: { contents: '\r\n::error::' } },
      { repositories: ['\u0000'] },
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(sentence('github-app', value)).not.toMatch(/[\u0000-\u001f\u007f]/)
    }
  })
})

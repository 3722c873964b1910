import { describe, expect, test } from 'vitest'
import { ISSUER, pin, type Reply, workload } from './pin-stage.ts'

describe('pin --verify', () => {
  const pinned = (repository: string, id: string) => workload(`{ repository: ${repository}, repository_id: ${id} }`)

  test('finds nothing where all belongs together, whatever the letter case', async () => {
    const { code, out, errors } = await pin(
      { 'policy.yaml': pinned('[acme/docs, acme/web]', '["1217768983", "1217768984"]') },
      {},
      '--verify',
    )
    expect({ code, out, errors }).toEqual({ code: 0, out: '', errors: '2 places with a name and an id were looked at\n' })
  })

  test.each<[string, string, string, Readonly<Record<string, Reply>>, string]>([
    [
      'a name that another repository has taken',
      'acme/docs',
      '"99"',
      {},
      'policy.yaml:10:23: error name-and-id-differ: the repository "acme/docs" has the id "1217768983", and the policy pins "99"',
    ],
    [
      'a rename',
      'acme/old',
      '"1217768983"',
      {
        '/repos/acme/old': [301, { url: 'unused' }, { location: ':self/repositories/1217768983' }],
        '/repositories/1217768983': [200, { id: 1217768983, full_name: 'acme/docs' }],
      },
      'warning name-changed: the repository "acme/old" is called "acme/docs" now; its id is the pinned one',
    ],
    [
      'an old name that leads to another repository than the pinned one',
      'acme/old',
      '"5"',
      {
        '/repos/acme/old': [301, {}, { location: '/repositories/1217768983' }],
        '/repositories/1217768983': [200, { id: 1217768983, full_name: 'acme/docs' }],
      },
      'error name-and-id-differ: the repository "acme/old" leads to "acme/docs" with the id "1217768983"',
    ],
    ['a repository that is gone', 'acme/gone', '"5"', {}, 'error name-not-found'],
    [
      'an id that belongs to no name',
      'acme/docs',
      '["1217768983", "7"]',
      {},
      'error name-and-id-differ: the repository_id "7" belongs to none',
    ],
    ['an id that is empty', 'acme/docs', '[]', {}, 'error name-and-id-differ'],
  ])('reports %s', async (_what, repository, ids, replies, said) => {
    const policy = pinned(repository, ids)
    const { code, out, text } = await pin({ 'policy.yaml': policy }, replies, '--verify')
    expect({ code, text: await text() }).toEqual({ code: 1, text: policy })
    expect(out).toContain(said)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
  })

  test('finds the new name of an owner by its id, and an owner that is gone', async () => {
    const renamed: Readonly<Record<string, Reply>> = {
      '/users/acme': [404, {}],
      '/user/65000001': [200, { id: 65000001, login: 'acme-corp' }],
    }
    const { code, out } = await pin({ 'policy.yaml': ISSUER }, renamed, '--verify')
    expect([code, out]).toEqual([
      1,
      'policy.yaml:6:22: warning name-changed: the owner "acme" is called "acme-corp" now; its id is the pinned one: write the new name\n',
    ])
    expect((await pin({ 'policy.yaml': ISSUER }, { '/users/acme': [404, {}] }, '--verify')).out).toContain(
      'error name-not-found: there is no owner "acme"',
    )
  })

  test('says what it passed over', async () => {
    expect((await pin({ 'policy.yaml': workload('{ repository: acme/docs }') }, {}, '--verify')).errors).toBe(
      '1 places with a name and an id were looked at; 1 without an id were passed over, jobpass pin writes them\n',
    )
  })
})

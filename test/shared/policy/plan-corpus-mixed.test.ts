/** The corpus, continued: pairs that differ in several places at once, and spellings that only look alike. */
import { expect, test } from 'vitest'
import { DOCS, facts, onlyChange, type Records, ruled, rules, type Written } from './plan-policies.ts'

test.each<[string, Written, Written, 'gains' | 'loses' | 'both', Records]>([
  [
    'an owner that is no name of one, beside a pinned id',
    {},
    { workloads: { docs: { ...DOCS, is: { repository_owner: 'acme/docs', repository_id: '1' } } } },
    'loses',
    { repository_id: '1' },
  ],
  [
    'a literal beside a pattern that covers half of another list',
    ruled({ ref: ['refs/heads/main', 'refs/heads/**/hotfix', 'refs/tags/v*'] }),
    ruled({ ref: ['refs/heads/**', 'refs/tags/v1'] }),
    'both',
    {},
  ],
  [
    'a literal owner in another case, and one letter of the name as well',
    { workloads: { docs: { ...DOCS, is: { repository: 'acme/docs' } } } },
    { workloads: { docs: { ...DOCS, is: { repository: 'ACME/doc*' } } } },
    'gains',
    {},
  ],
  [
    'a pinned workload renamed, one suspended, a default undone and a guardrail narrowed, all at once',
    {
      workloads: { docs: DOCS, web: { ...DOCS, is: { repository: 'acme/web', repository_id: '2' } } },
      ...rules({ workload: 'docs', ref: ['refs/heads/main', 'refs/heads/**/fix'] }, { workload: 'web', ref: 'refs/heads/main' }),
      guardrails: { no: { why: 'w', grants: 'all', forbid: { event_name: ['pull_request_target', 'issue_comment'] } } },
    },
    {
      workloads: { site: DOCS, web: { ...DOCS, is: { repository: 'acme/web', repository_id: '2' }, suspended: true } },
      ...rules(
        {
          workload: 'site',
          ref: ['refs/heads/**/fix', 'refs/heads/main'],
          event_name: ['push', 'schedule', 'issue_comment', 'pull_request_target'],
        },
        { workload: 'web', ref: 'refs/heads/**' },
      ),
      guardrails: { no: { why: 'w', grants: 'all', forbid: { event_name: 'pull_request_target' } } },
    },
    'both',
    { repository: 'acme/docs', event_name: 'issue_comment', ref: 'refs/heads/main' },
  ],
])('%s', (_, base, head, verdict, shown) => {
  const change = onlyChange(base, head)
  expect([(change?.newly.length ?? 0) > 0, (change?.noLonger.length ?? 0) > 0]).toEqual([verdict !== 'loses', verdict !== 'gains'])
  const [witness] = (verdict === 'loses' ? change?.noLonger : change?.newly) ?? []
  expect(facts(witness, ...Object.keys(shown))).toEqual(Object.values(shown))
})

/** One version, said in three places. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { VERSION } from '../../shared/version.ts'

const ROOT = join(import.meta.dirname, '../..')
const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** `## 1.2.3` or `## [1.2.3] - 2026-11-22`; what is not released yet has no number. */
const RELEASE = /^## \[?v?(\d+\.\d+\.\d+[^\]\s]*)/m

test('the version is that of package.json', () => {
  expect(JSON.parse(readText('package.json'))).toMatchObject({ version: VERSION })
})

test('the newest release of the changelog, once there is one, is this version', () => {
  const newest = RELEASE.exec(readText('CHANGELOG.md'))?.[1]
  expect([undefined, VERSION]).toContain(newest)
  expect(RELEASE.exec('# Changelog\n\n## Unreleased\n\n## 0.2.0-rc.1 (2026-12-01)\n\n## 0.1.0')?.[1]).toBe('0.2.0-rc.1')
})

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deliveryFor } from '../../../action/deliver/index.ts'
import { sshCommand } from '../../../action/deliver/ssh-cert.ts'
import { makeHolderKey } from '../../../action/holder-key.ts'
import { KIND_NAMES } from '../../../shared/kinds/index.ts'

describe('the registry', () => {
  it.each(KIND_NAMES)('delivers %s', (name) => {
    expect(deliveryFor(name)).toBeDefined()
  })

  it.each(['aws-sts', '', 'constructor', '__proto__', 'toString'])('knows no kind %j', (name) => {
    expect(deliveryFor(name)).toBeUndefined()
  })

  it('masks exactly the secrets of a kind, and the key of the runner only where it is used', () => {
    const key = makeHolderKey()
    expect(deliveryFor('jwt')?.open('a.b.c')?.secrets(key)).toEqual(['a.b.c'])
    const credential = {
      certificate: 'ssh-ed25519-cert-v01@openssh.com AAAA',
      ca: 'ssh-ed25519 AAAA',
      principals: ['deploy'],
      serial: '1',
      key_id: 'x',
    }
    expect(deliveryFor('ssh-cert')?.open(JSON.stringify(credential))?.secrets(key)).toEqual([key.privateFile.reveal()])
  })

  it('gives nothing for an empty token', () => {
    for (const name of KIND_NAMES) expect(deliveryFor(name)?.open('')).toBeUndefined()
  })
})

describe('GIT_SSH_COMMAND', () => {
  /** What a shell makes of it, one argument a line. */
  const argumentsOf = (command: string) =>
    execFileSync('sh', ['-c', command.replace(/^ssh /, "printf '%s\\n' ")], { encoding: 'utf8' })
      .trim()
      .split('\n')

  it.each([
    [
      '/home/runner/_temp/jobpass-a/id_ed25519',
      ['-i', '/home/runner/_temp/jobpass-a/id_ed25519', '-o', 'CertificateFile=/home/runner/_temp/jobpass-a/id_ed25519'],
    ],
    ['/my runner/id_ed25519', ['-i', '/my runner/id_ed25519', '-o', 'CertificateFile="/my runner/id_ed25519"']],
    ["/it's $HOME `id`;x/k", ['-i', "/it's $HOME `id`;x/k", '-o', 'CertificateFile="/it\'s $HOME `id`;x/k"']],
    ['/100%d/id_ed25519', ['-o', 'IdentityFile=/100%%d/id_ed25519', '-o', 'CertificateFile=/100%%d/id_ed25519']],
    ['D:\\a\\_temp\\id_ed25519', ['-i', 'D:/a/_temp/id_ed25519', '-o', 'CertificateFile=D:/a/_temp/id_ed25519']],
  ])('survives the shell with the path %s', (path, expected) => {
    expect(argumentsOf(sshCommand(path, path))).toEqual([...expected, '-o', 'IdentitiesOnly=yes'])
  })

  it.each(['plain', 'my runner', '100%d', 'my 100%d runner'])('is read by ssh as it was meant, in the folder %j', (name) => {
    const folder = join(mkdtempSync(join(tmpdir(), 'jobpass-test-ssh-')), name)
    mkdirSync(folder)
    const path = join(folder, 'id_ed25519')
    for (const file of [path, `${path}-cert.pub`]) writeFileSync(file, '')
    const { stdout, stderr } = spawnSync('sh', ['-c', `${sshCommand(path, `${path}-cert.pub`)} -F /dev/null -G example.com`], {
      encoding: 'utf8',
    })
    const read = stdout.replaceAll('%%', '%').split('\n')
    expect(read).toContain(`certificatefile ${path}-cert.pub`)
    expect(read.filter((line) => line.startsWith('identityfile'))).toEqual([`identityfile ${path}`])
    expect(read).toContain('identitiesonly yes')
    expect(stderr).not.toContain('not accessible')
    rmSync(join(folder, '..'), { recursive: true })
  })
})

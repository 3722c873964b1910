import { expect, test } from 'vitest'
import { readSecrets } from '../../../cli/dev/secrets-file.ts'

test('takes the UPSTREAM_* secrets of a dotenv file and that of the webhook, and names what it passed over', () => {
  const { secrets, ignored } = readSecrets(
    '# a comment\nUPSTREAM_A=plain\nexport UPSTREAM_B="-----BEGIN KEY-----\\nabc=\\n-----END KEY-----\\n"\nSEALING_KEY=mine\nWEBHOOK_SECRET=hook\nUPSTREAM_=x\nupstream_c=x\n',
  )
  expect(secrets).toEqual({ UPSTREAM_A: 'plain', UPSTREAM_B: '-----BEGIN KEY-----\nabc=\n-----END KEY-----\n', WEBHOOK_SECRET: 'hook' })
  expect(ignored).toEqual(['SEALING_KEY', 'UPSTREAM_', 'upstream_c'])
})

test('takes a binding of the broker itself from no file', () => {
  expect(readSecrets('BROKER_ORIGIN=x\nAUTHORITIES={}\nDEV_ISSUER_KEYS=y').secrets).toEqual({})
})

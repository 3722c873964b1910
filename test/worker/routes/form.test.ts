/** The door for forms: what a well-behaved client writes is read as it was meant, and what can be read in two ways is refused. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForm } from '../../../worker/routes/form.ts'

function posted(body: string): Request {
  return new Request('https://jobpass.example.com/token', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
}

describe('a form', () => {
  it('is read as the URL Standard writes it, whatever its names and values', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    const pairs = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name.toWellFormed(), maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(pairs, async (written) => {
        const form = await readForm(posted(new URLSearchParams(written).toString()))
        const kept = written.map(([name, value]) => [name.toWellFormed(), value.toWellFormed()]).filter(([, value]) => value !== '')
        expect(form).toEqual({ ok: true, value: new Map(kept.map(([name = '', value = '']) => [name, value])) })
      }),
    )
  })

  it.each([
    ['a=1&b', { a: '1' }],
    ['&&a=1&', { a: '1' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=1+2%2B3', { a: '1 2+3' }],
    ['a=', {}],
    ['', {}],
  ])('%j means %j', async (body, expected) => {
    expect(await readForm(posted(body))).toEqual({ ok: true, value: new Map(Object.entries(expected)) })
  })

  it.each(['a=%', 'a=%zz', 'a=%E0%A4', '%=1', 'a=%C3%28', 'a=%ED%A0%80'])('is refused with broken percent-encoding: %s', async (body) => {
    expect(await readForm(posted(body))).toMatchObject({ ok: false, error: { code: 'request_malformed', problem: 'malformed' } })
  })

  it.each(['a=1&a=2', 'a=&a=', 'a=1&%61=2', 'a&a'])('is refused with a repeated parameter: %s', async (body) => {
    expect(await readForm(posted(body))).toMatchObject({
      ok: false,
      error: { code: 'request_malformed', parameter: 'a', problem: 'repeated' },
    })
  })
})

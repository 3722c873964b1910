/**
 * A door in front of the published description: it records what was asked, says which of the documented answers is wanted, and takes off the media
 * type and version headers that Prism does not know. What goes in and out is otherwise untouched.
 */
import { type RecordedRequest, startUpstream, type Upstream } from '../fakes/upstream.ts'
import type { PublishedGithub } from './published-github.ts'

/** Answers `code=404` for a request that should be answered so; `undefined` for the description's first choice. */
export type Preference = (request: RecordedRequest) => string | undefined

export function startFront(github: PublishedGithub, prefer: Preference = () => undefined): Promise<Upstream> {
  return startUpstream((request, response) => {
    void forward(github.url, request, prefer(request)).then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
    })
  })
}

function forward(url: string, { method, path, headers, body }: RecordedRequest, preference: string | undefined): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(headers.authorization === undefined ? {} : { authorization: headers.authorization }),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
      ...(preference === undefined ? {} : { prefer: preference }),
    },
    ...(body === '' ? {} : { body }),
  })
}

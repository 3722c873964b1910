/** The world outside the broker: every outbound fetch of the worker and of its objects ends here. An address no test has answered fails the call, and is kept. */
import { vi } from 'vitest'

export type Handler = (request: Request) => Response | Promise<Response>

export interface Outside {
  /** Answers every call to this origin from now on. */
  answer(origin: string, handler: Handler): void
  /** Every call so far, as `METHOD url`. */
  readonly calls: string[]
  readonly unanswered: string[]
}

export function outside(): Outside {
  const handlers = new Map<string, Handler>()
  const calls: string[] = []
  const unanswered: string[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init)
    calls.push(`${request.method} ${request.url}`)
    const handler = handlers.get(new URL(request.url).origin)
    if (handler === undefined) {
      unanswered.push(request.url)
      throw new TypeError(`nobody answers ${request.url}`)
    }
    return abortable(handler(request), init?.signal ?? undefined)
  })
  return { answer: (origin, handler) => handlers.set(origin, handler), calls, unanswered }
}

/** A handler that never answers still ends with the caller's deadline, as a socket would. */
function abortable(answer: Response | Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
    Promise.resolve(answer).then(resolve, reject)
  })
}

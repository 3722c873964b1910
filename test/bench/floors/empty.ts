/** The lower floor: a worker that answers and does nothing. */
export default {
  fetch: (): Response => new Response('ok'),
}

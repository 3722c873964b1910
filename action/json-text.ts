/** JSON of others as a value. What it means is for a zod shape to say; nothing here judges it. */

/** The value of a JSON text; `undefined`, which no shape accepts, for a text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

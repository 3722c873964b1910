/**
 * A value that must not be printed. It shows itself as `[secret]` to string conversion, JSON and the console;
 * only `reveal()` gives it out, so every place a secret leaves can be found by searching for that word.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}

/** The forms an attribute can have, each by one word, so that a platform's table reads as a table. */
import type { AttributeForm } from './platform.ts'

export const text = (about: string): AttributeForm => ({ match: 'exact', form: 'text', about })
export const pattern = (about: string): AttributeForm => ({ match: 'pattern', form: 'text', about })
export const id = (about: string): AttributeForm => ({ match: 'exact', form: 'id', about })
export const flag = (about: string): AttributeForm => ({ match: 'exact', form: 'boolean', about })
export const word = (values: readonly string[], about: string): AttributeForm => ({ match: 'exact', form: 'word', values, about })

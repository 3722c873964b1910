/**
 * Where a run happens: its repository, its ref, and the workflow or pipeline file, whose name holds both. The three are searched for as one text where
 * the region says something of the file, and each on its own where it does not. How they are spelt is the platform's own.
 */
import { search } from './language-search.ts'
import type { Shape } from './language-shape.ts'
import { admits, isNeeded, type Region } from './witness-region.ts'
import { type Seek, textValue, tracks } from './witness-search.ts'

/** How one platform spells places, for each form a ref can have there. */
export interface PlaceForms<Form extends string> {
  /** The attributes that hold them. */
  readonly repository: string
  readonly file: string
  readonly repositoryShape: Shape
  /** Of a run on a ref of that form; `undefined`: such a run has no ref. */
  readonly refShape: (form: Form) => Shape | undefined
  /** The file, with the parts `repository` and `ref`; the likeliest shape first. */
  readonly fileShapes: (form: Form) => readonly Shape[]
  readonly usualFile: (repository: string, ref: string) => string
  /** Every repository a file of such a shape could be of. */
  readonly repositoriesOf: (file: string) => readonly string[]
}

export interface Place {
  readonly repository: string
  /** Empty for a run without one. */
  readonly ref: string
  readonly file: string
}

export function findPlace<Form extends string>(region: Region, form: Form, { forms, seek }: Within<Form>): Place | 'none' | 'undecided' {
  if (forms.refShape(form) === undefined && isNeeded(region, 'ref')) return 'none'
  return region.bounds.has(forms.file) ? placeByFile(region, form, { forms, seek }) : placeByParts(region, form, { forms, seek })
}

export interface Within<Form extends string> {
  readonly forms: PlaceForms<Form>
  readonly seek: Seek
}

function placeByParts<Form extends string>(region: Region, form: Form, { forms, seek }: Within<Form>): Place | 'none' | 'undecided' {
  const shape = forms.refShape(form)
  const ref = shape === undefined ? { value: '' } : textValue(region, 'ref', { shape, seek })
  if (typeof ref === 'string') return ref
  const repository = textValue(region, forms.repository, { shape: forms.repositoryShape, seek })
  if (typeof repository === 'string') return repository
  const [name = '', at = ''] = [repository.value, ref.value]
  return { repository: name, ref: at, file: forms.usualFile(name, at) }
}

/** The file holds repository and ref: the three are one text. */
function placeByFile<Form extends string>(region: Region, form: Form, { forms, seek }: Within<Form>): Place | 'none' | 'undecided' {
  const rest = region.bounds.get(forms.file)?.rest
  if (rest !== undefined) {
    const places = rest.flatMap((file) => splits(file, form, { forms, seek }))
    return places.find(({ repository, ref }) => admits(region, forms.repository, repository) && admits(region, 'ref', ref)) ?? 'none'
  }
  const usual = placeByParts(region, form, { forms, seek })
  if (typeof usual === 'string') return usual
  if (admits(region, forms.file, usual.file)) return usual
  const tracked = [{ attribute: forms.file }, { attribute: forms.repository, part: 'repository' }, { attribute: 'ref', part: 'ref' }]
  const [all, none] = (['all', 'none'] as const).map((which) => tracked.flatMap((one) => tracks(region, which, one)))
  for (const shape of forms.fileShapes(form)) {
    const found = search({ shape, all: all ?? [], none: none ?? [] })
    if (found === 'undecided') return found
    if (found !== 'none') return { repository: found.parts.get('repository') ?? '', ref: found.parts.get('ref') ?? '', file: found.text }
  }
  return 'none'
}

/** Every way to read a file as one of a run of that form. */
function splits<Form extends string>(file: string, form: Form, { forms, seek }: Within<Form>): readonly Place[] {
  if (!forms.fileShapes(form).some((shape) => seek.fits(shape, file))) return []
  const shape = forms.refShape(form)
  const refs: string[] = []
  for (let at = file.indexOf('@'); at >= 0; at = file.indexOf('@', at + 1)) {
    const ref = file.slice(at + 1)
    if (shape === undefined) refs.push('')
    else if (seek.fits(shape, ref)) refs.push(ref)
  }
  return forms.repositoriesOf(file).flatMap((repository) => refs.map((ref): Place => ({ repository, ref, file })))
}

/** Parse once at the edge: a value from outside becomes a typed one, or an error that names the field. */
import { Compile, type Validator } from 'typebox/compile'
import type { Static, TSchema } from 'typebox'
import { OphavError } from '../error/error.ts'
import type { ErrorCode } from '../error/codes.ts'

const compiled = new WeakMap<object, Validator>()

/** Whether the value fits the schema. The check is compiled at its first use. */
export function fits<Schema extends TSchema>(schema: Schema, value: unknown): value is Static<Schema> {
  return validatorOf(schema).Check(value)
}

/**
 * @returns the same value, typed.
 * @throws OphavError with the given code; the detail names the first field that does not fit.
 */
export function parseAs<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  code: ErrorCode,
): Static<Schema> {
  if (fits(schema, value)) return value
  const first = [...validatorOf(schema).Errors(value)][0]
  throw new OphavError(code, { field: first?.instancePath || '/', problem: first?.message ?? 'does not fit' })
}

function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema)
  if (known) return known
  const validator = Compile(schema) as unknown as Validator
  compiled.set(schema, validator)
  return validator
}

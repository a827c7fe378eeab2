/** Write paths compile once: a query built with named parameters, run many times with values. */
import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Tables } from './table.ts'

/** Stands in a query for a value that is given when it runs. */
class Parameter {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Parameters<Input> = { [Name in keyof Input]: Input[Name] }

/**
 * Prepares a query. `build` gets an object whose properties stand for the values of `Input`.
 * Building costs about 70 microseconds, running what was built about 10.
 */
export function prepare<Input extends object, Row>(
  build: (db: Kysely<Tables>, parameter: Parameters<Input>) => Compilable<Row>,
): (db: Kysely<Tables>, input: Input) => Promise<QueryResult<Row>> {
  const placeholders = new Proxy({}, { get: (_, name) => new Parameter(String(name)) }) as Parameters<Input>
  // One program may open databases of both dialects: what was compiled belongs to its dialect.
  const compiled = new WeakMap<object, CompiledQuery<Row>>()
  return (db, input) => {
    const dialect = db.getExecutor().adapter
    let query = compiled.get(dialect)
    if (!query) {
      query = build(db, placeholders).compile()
      compiled.set(dialect, query)
    }
    const values = query.parameters.map((value) =>
      value instanceof Parameter ? (input as Record<string, unknown>)[value.name] : value,
    )
    return db.executeQuery<Row>({ ...query, parameters: values })
  }
}

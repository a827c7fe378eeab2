import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { requestHttp } from './http-request.ts'

let server: Server | null = null
afterEach(() => void server?.closeAllConnections())

async function serve(answer: RequestListener): Promise<URL> {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

const options = { method: 'POST', maxBytes: 1_000, signal: AbortSignal.timeout(20_000) } as const

test('a request brings its body, and the reply as it was given', async () => {
  const url = await serve((request, response) => {
    response.writeHead(409, { 'x-kind': request.headers['content-type'] ?? '' })
    request.pipe(response)
  })
  const reply = await requestHttp(url, { ...options, headers: { 'content-type': 'a/b' }, body: 'æøå' })
  expect(reply).toMatchObject({ status: 409, body: 'æøå', headers: { 'x-kind': 'a/b' } })
})

test('no redirect is followed', async () => {
  let requests = 0
  const url = await serve((_request, response) => {
    requests++
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  expect((await requestHttp(url, options)).status).toBe(307)
  expect(requests).toBe(1)
})

test('an endless reply is left after what was allowed', async () => {
  const url = await serve((_request, response) => {
    response.on('error', () => {})
    const write = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    }
    response.on('drain', write)
    write()
  })
  expect((await requestHttp(url, options)).body).toBeNull()
})

test('a signal ends it while nothing comes', async () => {
  const stop = new AbortController()
  const url = await serve(() => stop.abort())
  await expect(requestHttp(url, { ...options, signal: stop.signal })).rejects.toThrow(/abort/i)
})

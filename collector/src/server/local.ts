/** Pages and reports are for people on this machine, until there are users to tell apart. */
import { isIP } from 'node:net'
import { OphavError } from '@ophav/shared'
import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'

/** Adds the check to every route of this instance. */
export function keepLocal(app: Pick<App, 'addHook'>): void {
  app.addHook('onRequest', async (request) => {
    if (!isLoopback(request.socket.remoteAddress ?? '') || !namesLoopback(request))
      throw new OphavError('access.console-is-local')
  })
}

/** 127.0.0.0/8 (RFC 1122 3.2.1.3) and ::1, also as IPv4 in IPv6. */
const isLoopback = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address)

/**
 * A page of another site can make a browser ask this address under that site's own name (DNS rebinding): the Host
 * header then names the site.
 */
function namesLoopback(request: FastifyRequest): boolean {
  const host = request.hostname.replace(/^\[|\]$/g, '')
  return host === 'localhost' || (isIP(host) !== 0 && isLoopback(host))
}

/** Linux system calls for raw frames, through koffi: an optional library, so its absence is an answer. */
import { createRequire } from 'node:module'

/** packet(7), socket(2), if_ether.h. */
export const AF_PACKET = 17
export const SOCK_RAW = 3
export const SOCK_NONBLOCK = 0o4000
export const SOCK_CLOEXEC = 0o2000000
export const SOL_SOCKET = 1
export const SO_RCVBUF = 8
export const SO_RCVBUFFORCE = 33
/** filter of socket(7): a program that says which frames are kept. */
export const SO_ATTACH_FILTER = 26
export const SOL_PACKET = 263
export const PACKET_ADD_MEMBERSHIP = 1
export const PACKET_MR_MULTICAST = 0
export const PACKET_STATISTICS = 6
/** packet(7): tells the VLAN tag that the kernel has taken off a frame. */
export const PACKET_AUXDATA = 8
/** packet(7): frames that this host sends are not looped back. */
export const PACKET_IGNORE_OUTGOING = 23

type Call = (...parameters: unknown[]) => number

export interface SystemCalls {
  socket: Call
  bind: Call
  close: Call
  setsockopt: Call
  getsockopt: Call
  getsockname: Call
  sendmmsg: Call
  recvmmsg: Call
  sendto: Call
  recvfrom: Call
  if_nametoindex: Call
  /** The address of a buffer, for structures that point to it. */
  addressOf(buffer: Buffer): bigint
  errno(): number
}

interface Koffi {
  load(path: string): { func(declaration: string): Call }
  errno(): number
  address(pointer: unknown): bigint
}

let loaded: SystemCalls | null | undefined

/** @returns null where koffi or the C library is missing. */
export function systemCalls(): SystemCalls | null {
  if (loaded !== undefined) return loaded
  try {
    const koffi = createRequire(import.meta.url)('koffi') as Koffi
    loaded = declare(koffi, loadLibrary(koffi))
  } catch {
    loaded = null
  }
  return loaded
}

/** glibc everywhere but on Alpine and its like, where musl has another name. */
const LIBRARIES = ['libc.so.6', `libc.musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`]

function loadLibrary(koffi: Koffi): ReturnType<Koffi['load']> {
  const [first = '', second = ''] = LIBRARIES
  try {
    return koffi.load(first)
  } catch {
    return koffi.load(second)
  }
}

function declare(koffi: Koffi, library: ReturnType<Koffi['load']>): SystemCalls {
  return {
    socket: library.func('int socket(int domain, int type, int protocol)'),
    bind: library.func('int bind(int fd, const uint8_t *address, uint32_t length)'),
    close: library.func('int close(int fd)'),
    setsockopt: library.func(
      'int setsockopt(int fd, int level, int name, const uint8_t *value, uint32_t length)',
    ),
    getsockname: library.func('int getsockname(int fd, uint8_t *address, uint8_t *length)'),
    getsockopt: library.func('int getsockopt(int fd, int level, int name, uint8_t *value, uint8_t *length)'),
    sendmmsg: library.func('int sendmmsg(int fd, const uint8_t *messages, uint32_t count, int flags)'),
    recvmmsg: library.func(
      'int recvmmsg(int fd, uint8_t *messages, uint32_t count, int flags, void *timeout)',
    ),
    sendto: library.func(
      'int64_t sendto(int fd, const uint8_t *data, size_t length, int flags, const uint8_t *to, uint32_t octets)',
    ),
    recvfrom: library.func(
      'int64_t recvfrom(int fd, uint8_t *data, size_t length, int flags, uint8_t *from, uint8_t *octets)',
    ),
    if_nametoindex: library.func('uint32_t if_nametoindex(const char *name)'),
    addressOf: (buffer) => koffi.address(buffer),
    errno: () => koffi.errno(),
  }
}

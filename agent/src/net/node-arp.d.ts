/** node-arp ships no types. */
declare module 'node-arp' {
  export function getMAC(address: string, callback: (failed: boolean, mac: unknown) => void): void
}

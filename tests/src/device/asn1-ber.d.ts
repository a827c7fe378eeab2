/** The part of asn1-ber that the simulated devices use; the package brings no types. */
declare module 'asn1-ber' {
  export class Reader {
    constructor(data: Buffer)
    readonly offset: number
    readonly length: number
    readonly remain: number
    readSequence(tag?: number): number | null
    readInt(tag?: number): number | null
    readString(tag: number, asBuffer: true): Buffer | null
    readOID(tag?: number): string | null
    readByte(peek?: boolean): number | null
  }
  export class Writer {
    readonly buffer: Buffer
    startSequence(tag?: number): void
    endSequence(): void
    writeByte(octet: number): void
    writeInt(value: number, tag?: number): void
    writeNull(): void
    writeString(text: string, tag?: number): void
    writeBuffer(data: Buffer, tag: number): void
    writeOID(oid: string, tag?: number): void
  }
  export const Ber: { Reader: typeof Reader; Writer: typeof Writer }
}

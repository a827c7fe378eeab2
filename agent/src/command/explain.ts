/** `explain`: what a MAC, an OID or another text says about its maker, and why. */
import { explain } from '@ophav/oui'
import { outline } from './outline.ts'

export const explainText = (text: string): string =>
  outline(explain(text)) || 'This says nothing about a maker.\n'

/** `explain`: what a MAC, an OID or another text says about its maker, and why. */
import { explain, type Knowledge } from '@ophav/oui'
import { outline } from './outline.ts'

export const explainText = (text: string, knowledge?: Knowledge): string =>
  outline(explain(text, new Date(), knowledge)) || 'This says nothing about a maker.\n'

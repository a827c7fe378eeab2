/** @ophav/shared/stream: answering lines of JSON at the reader's pace; for the programs' pipelines. */
export { answerLines } from './stream/json-lines.ts'
export { Output } from './stream/output.ts'

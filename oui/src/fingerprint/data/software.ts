/** Fingerprints of software that runs on anybody's machine: its author made no device. */
import type { FingerprintData } from '../fingerprint.ts'

export const SOFTWARE_FINGERPRINTS: readonly FingerprintData[] = [
  {
    kind: 'http.server',
    match: 'IBM_HTTP_SERVER*',
    software: true,
    examples: [{ text: 'IBM_HTTP_Server/7.0.0.9 (Unix)' }, { text: 'IBM_HTTP_SERVER' }],
  },
  { kind: 'http.server', match: 'IBM-HTTP-Server*', software: true, examples: [{ text: 'IBM-HTTP-Server/1.0' }] },
  {
    kind: 'http.server',
    match: 'HP Web Jetadmin*',
    software: true,
    examples: [{ text: 'HP Web Jetadmin/2 (Win32) mod_auth_sspi/1.0.1' }],
  },
  {
    kind: 'http.server',
    match: 'Tomcat Web Server/*',
    software: true,
    examples: [{ text: 'Tomcat Web Server/3.1M1 (JSP 1.1; AIX 5.3 ppc; java.vendor=IBM Corporation)' }],
  },
]

/** The pages' one style sheet: high contrast, prints on A4. */
export const STYLE = `
:root{--ink:#12212f;--quiet:#4a5b6c;--line:#c3ced9;--paper:#fff;--wash:#f3f6f9;--accent:#0b4f8a;--mark:#8a2a0b}
@media (prefers-color-scheme:dark){:root{--ink:#e8eef4;--quiet:#a9b8c6;--line:#3b4a59;--paper:#10181f;--wash:#18232d;--accent:#8cc4f5;--mark:#ffb08a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
header{display:flex;gap:1.5rem;align-items:baseline;padding:.8rem 1.5rem;background:var(--wash);border-bottom:1px solid var(--line)}
header nav{display:flex;gap:1.2rem;flex:1;flex-wrap:wrap}
.brand{font-weight:700;font-size:1.2rem;text-decoration:none;color:var(--ink)}
a{color:var(--accent)}a[aria-current]{font-weight:700;text-decoration:none;color:var(--ink)}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
main{max-width:70rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:.2rem 0 1.2rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
.tabel{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
.tabel th,.tabel td{padding:.5rem .75rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
.tabel thead th{background:var(--wash);border-bottom:2px solid var(--ink)}
.tabel tbody th{font-weight:600}.tabel tfoot th,.tabel tfoot td{border-top:2px solid var(--ink);border-bottom:0;font-weight:700}
.tabel .number{text-align:right;white-space:nowrap}
.cell{display:inline-block;margin-right:1.25rem;white-space:nowrap}
td small{display:block;color:var(--quiet);white-space:normal;font-size:.8rem}
.footnote{margin:.6rem 0}.as-of{color:var(--quiet)}
.mark{color:var(--mark);font-weight:600}.lead a{margin-right:1rem;font-weight:600}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.5rem}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){header{flex-wrap:wrap}main{padding:1rem}.cell{display:block}.tabel th,.tabel td{padding:.4rem}}
@media print{@page{size:A4;margin:2cm}header{display:none}body{font-size:11pt}a{color:inherit;text-decoration:none}main{padding:0;max-width:none}}
`

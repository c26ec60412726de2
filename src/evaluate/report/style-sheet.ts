/** Styles of the page, in a light and a dark scheme. Fonts are those of the reader's system. */
export const STYLE_SHEET = `
:root {
  color-scheme: light dark;
  --page: #fcfcfb; --ink: #1d1d1b; --soft: #63625d; --line: #dedcd5; --card: #f4f3ef;
  --s0: #1f66c1; --s1: #d4582a; --s2: #148f68; --s3: #a87400; --s4: #7c5cc4; --s5: #6f6e69;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #181817; --ink: #f0efeb; --soft: #aeaca4; --line: #3a3935; --card: #21211f;
    --s0: #6aa9f4; --s1: #f0875c; --s2: #3cc497; --s3: #e0ad3c; --s4: #ab92ea; --s5: #a09e97;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 1120px; padding: 24px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif;
}
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 36px 0 6px; font-size: 19px; }
p { margin: 6px 0 12px; max-width: 80ch; }
.note, .facts { color: var(--soft); font-size: 14px; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; }
.facts dd { margin: 0; color: var(--ink); overflow-wrap: anywhere; }
.lead { font-size: 17px; }
.scroll { overflow-x: auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 24px; }
.many { grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th { font-weight: 500; }
tr > :first-child { text-align: left; }
thead th {
  max-width: 150px; color: var(--soft); font-size: 13px; line-height: 1.3; vertical-align: bottom;
  white-space: normal;
}
tbody th { font-weight: 500; }
th small { display: block; color: var(--soft); font-size: 12.5px; font-weight: 400; line-height: 1.3; }
.strong th, .strong td { background: var(--card); font-weight: 700; }
.bar {
  display: inline-block; width: 70px; height: 8px; margin-right: 8px; vertical-align: middle;
  background: linear-gradient(var(--s0), var(--s0)) 0 0 / var(--share) 100% no-repeat var(--line);
}
.bar + span { display: inline-block; min-width: 60px; }
.confusion th, .confusion td { border: 0; padding: 2px; font-size: 13px; }
.confusion td {
  min-width: 36px; height: 28px; border: 1px solid var(--page); text-align: center;
  background: color-mix(in srgb, var(--s1) var(--share, 0%), var(--card));
}
.confusion td.hit { background: color-mix(in srgb, var(--s0) var(--share, 0%), var(--card)); }
.confusion tbody th { padding-right: 8px; }
.confusion thead th + th span { writing-mode: vertical-rl; transform: rotate(180deg); }
.confusion thead th + th { text-align: center; }
figure { margin: 0; }
svg { display: block; width: 100%; max-width: 460px; font: 12.5px system-ui, sans-serif; }
svg text { fill: var(--soft); }
.axis-title { font-size: 12px; }
.grid { stroke: var(--line); stroke-width: 1; }
.base { stroke: var(--soft); stroke-width: 1; }
.diagonal { stroke: var(--soft); stroke-dasharray: 4 4; }
.series polyline { fill: none; stroke: var(--series); stroke-width: 1.75; stroke-linejoin: round; }
.series circle { fill: var(--series); stroke: var(--page); stroke-width: 1; }
.series.s0 polyline { stroke-width: 3; }
.dots circle { fill: var(--s0); fill-opacity: 0.45; }
.s0 { --series: var(--s0); } .s1 { --series: var(--s1); } .s2 { --series: var(--s2); }
.s3 { --series: var(--s3); } .s4 { --series: var(--s4); } .s5 { --series: var(--s5); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; color: var(--soft); font-size: 13px; }
.key { display: inline-flex; align-items: center; gap: 6px; }
.key i { width: 16px; height: 3px; border-radius: 2px; background: var(--series); }
@media (max-width: 560px) { body { padding: 14px; } .pair { grid-template-columns: 1fr; } }
`;

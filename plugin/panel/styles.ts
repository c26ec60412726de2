/** Colours of the rows, the same in charts, legends and bars. */
export const COLOURS = {
  model: '#4ade80',
  mostFrequent: '#cbd5e1',
  ngram: '#fbbf24',
  training: '#7dd3fc',
  heldOut: '#f0abfc',
  axis: '#94a3b8',
  grid: '#94a3b81f',
} as const;

/** The styles uPlot needs to lay its canvases out; its own sheet has more, for parts not used here. */
const CHART_STYLES = `
.foresight-panel .uplot, .foresight-panel .uplot * { box-sizing: border-box; }
.foresight-panel .u-wrap { position: relative; user-select: none; }
.foresight-panel .u-over, .foresight-panel .u-under { position: absolute; }
.foresight-panel .u-under { overflow: hidden; }
.foresight-panel .uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.foresight-panel .u-axis { position: absolute; }
.foresight-panel .u-off { display: none; }
`;

/** Styles of the training panel. Everything hangs under one class, so the page keeps its own. */
export const STYLES = `
.foresight-panel {
  position: fixed; top: 8px; right: 8px; z-index: 1000; width: 272px;
  max-height: calc(100vh - 16px); overflow-y: auto; scrollbar-width: thin;
  box-sizing: border-box; padding: 10px 12px 12px;
  display: flex; flex-direction: column; gap: 8px;
  background: rgb(11 16 32 / 0.88); color: #e2e8f0; backdrop-filter: blur(6px);
  border: 1px solid rgb(148 163 184 / 0.28); border-radius: 12px;
  box-shadow: 0 12px 32px rgb(0 0 0 / 0.45);
  font: 12px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  font-variant-numeric: tabular-nums; text-align: left;
}
.foresight-panel * { box-sizing: border-box; }
.foresight-panel [hidden] { display: none !important; }
.foresight-panel header { display: flex; align-items: center; gap: 4px; }
.foresight-panel h2 { flex: 1; margin: 0; font-size: 14px; font-weight: 650; color: #f8fafc; }
.foresight-panel h3 {
  margin: 0 0 4px; font-size: 11px; font-weight: 600; letter-spacing: 0.02em; color: #b6c2d2;
}
.foresight-panel p { margin: 0; }
.foresight-panel .body { display: flex; flex-direction: column; gap: 9px; }
.foresight-panel .muted { color: #a8b4c4; }
.foresight-panel .status { min-height: 17px; color: #f1f5f9; }
.foresight-panel .status.bad { color: #fca5a5; }
.foresight-panel .progress { display: flex; flex-direction: column; gap: 3px; }
.foresight-panel progress {
  width: 100%; height: 5px; border: 0; border-radius: 3px; overflow: hidden; background: #1e293b;
  appearance: none;
}
.foresight-panel progress::-webkit-progress-bar { background: #1e293b; }
.foresight-panel progress::-webkit-progress-value { background: #7dd3fc; }
.foresight-panel progress::-moz-progress-bar { background: #7dd3fc; }
.foresight-panel .bars { display: grid; grid-template-columns: 76px 1fr 34px; gap: 3px 8px; align-items: center; }
.foresight-panel .bars .name { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.foresight-panel .bars .track { height: 8px; border-radius: 4px; background: #1e293b; overflow: hidden; }
.foresight-panel .bars .bar { height: 100%; border-radius: 4px; transform-origin: left; }
.foresight-panel .number { text-align: right; }
.foresight-panel .legend {
  display: flex; flex-wrap: wrap; gap: 2px 8px; margin: 0; padding: 0; list-style: none; font-size: 11px;
}
.foresight-panel .legend li { display: flex; align-items: center; gap: 4px; white-space: nowrap; }
.foresight-panel .legend .key { width: 12px; height: 0; border-top: 3px solid; }
.foresight-panel .legend .dashed { border-top-style: dotted; }
.foresight-panel dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 10px; margin: 0; }
.foresight-panel dt { color: #b6c2d2; }
.foresight-panel dd { margin: 0; }
.foresight-panel .buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 6px; }
.foresight-panel .buttons.three { grid-template-columns: 1.3fr 1fr 1fr; }
.foresight-panel .buttons .wide { grid-column: 1 / -1; }
.foresight-panel button {
  min-height: 28px; padding: 3px 4px; border: 1px solid #475569; border-radius: 7px;
  background: #1e293b; color: #f1f5f9; font: inherit; cursor: pointer;
}
.foresight-panel button:hover:not(:disabled) { background: #334155; }
.foresight-panel button:active:not(:disabled) { background: #0f172a; }
.foresight-panel button:focus-visible { outline: 2px solid #7dd3fc; outline-offset: 2px; }
.foresight-panel button:disabled { opacity: 0.45; cursor: default; }
.foresight-panel button.main { background: #15803d; border-color: #22c55e; color: #fff; font-weight: 600; }
.foresight-panel button.main:hover:not(:disabled) { background: #166534; }
.foresight-panel button[aria-pressed='true'] { background: #0c4a6e; border-color: #38bdf8; }
.foresight-panel button.danger { border-color: #b91c1c; color: #fecaca; }
.foresight-panel header button { min-height: 26px; width: 26px; padding: 0; line-height: 1; }
.foresight-panel .confirm {
  display: flex; flex-direction: column; gap: 8px; margin-top: 8px; padding: 8px;
  border: 1px solid #b91c1c; border-radius: 8px; background: #450a0a;
}
.foresight-panel .privacy { font-size: 11px; }
@media (prefers-contrast: more) { .foresight-panel { background: #020617; } }
${CHART_STYLES}`;

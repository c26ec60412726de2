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
  position: fixed; top: 8px; right: 8px; z-index: 1000; width: 320px; max-width: calc(100vw - 16px);
  max-height: calc(100vh - 16px); overflow: hidden; contain: layout style;
  box-sizing: border-box; padding: 8px 12px 10px;
  display: flex; flex-direction: column; gap: 7px;
  background: #0b1020; color: #e2e8f0;
  border: 1px solid rgb(148 163 184 / 0.28); border-radius: 12px;
  font: 14px/1.35 system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei',
    'Noto Sans CJK SC', sans-serif;
  font-variant-numeric: tabular-nums; text-align: left;
}
.foresight-panel * { box-sizing: border-box; }
.foresight-panel [hidden] { display: none !important; }
.foresight-panel header { display: flex; align-items: center; gap: 4px; flex: none; }
.foresight-panel h2 { flex: 1; margin: 0; font-size: 16px; font-weight: 650; color: #f8fafc; }
.foresight-panel h3 { margin: 0 0 3px; font-size: 14px; font-weight: 600; color: #b6c2d2; }
.foresight-panel h3:focus { outline: none; }
.foresight-panel p { margin: 0; }
.foresight-panel .body { display: flex; flex-direction: column; gap: 7px; min-height: 0; flex: 1 1 auto; }
.foresight-panel .column { display: flex; flex-direction: column; gap: 9px; padding: 2px; }
.foresight-panel .muted { color: #a8b4c4; }
.foresight-panel .status { min-height: 19px; color: #f1f5f9; overflow-wrap: anywhere; max-height: 78px; overflow: hidden; }
.foresight-panel .status.bad { color: #fca5a5; max-height: none; }
.foresight-panel .progress { display: flex; flex-direction: column; gap: 3px; }
.foresight-panel progress {
  width: 100%; height: 5px; border: 0; border-radius: 3px; overflow: hidden; background: #1e293b;
  appearance: none;
}
.foresight-panel progress::-webkit-progress-bar { background: #1e293b; }
.foresight-panel progress::-webkit-progress-value { background: #7dd3fc; }
.foresight-panel progress::-moz-progress-bar { background: #7dd3fc; }
.foresight-panel .toolbar { display: flex; flex-direction: column; gap: 6px; flex: none; }
.foresight-panel .recorded { display: flex; justify-content: space-between; gap: 8px; }
.foresight-panel .tabs { display: flex; gap: 2px; border-bottom: 1px solid #334155; flex: none; }
.foresight-panel .tabs button {
  flex: 1; border: 0; border-bottom: 2px solid transparent; border-radius: 6px 6px 0 0;
  background: none; color: #cbd5e1;
}
.foresight-panel .tabs button[aria-selected='true'] { border-bottom-color: #7dd3fc; color: #f8fafc; font-weight: 600; }
.foresight-panel .tabpanel {
  flex: 1 1 auto; min-height: 0; margin: 0 -8px; padding: 0 6px; overflow-y: auto;
  scrollbar-width: thin; scrollbar-color: #475569 transparent; border-radius: 6px;
}
.foresight-panel .tabpanel:focus-visible { outline: 2px solid #7dd3fc; outline-offset: -2px; }
.foresight-panel .bars { display: grid; grid-template-columns: minmax(60px, 32%) 1fr 40px; gap: 3px 8px; align-items: center; }
.foresight-panel .name { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.foresight-panel .track { height: 8px; border-radius: 4px; background: #1e293b; overflow: hidden; }
.foresight-panel .bar { height: 100%; border-radius: 4px; transform-origin: left; }
.foresight-panel .bar.due { background: #7dd3fc; }
.foresight-panel .spread + .track { margin: 2px 0 4px; }
.foresight-panel .buttons + .muted, .foresight-panel input + .muted { margin-top: 4px; }
.foresight-panel .spread { display: flex; justify-content: space-between; gap: 8px; }
.foresight-panel .number { text-align: right; }
.foresight-panel .legend {
  display: flex; flex-wrap: wrap; gap: 2px 8px; margin: 0; padding: 0; list-style: none;
}
.foresight-panel .legend li { display: flex; align-items: center; gap: 4px; white-space: nowrap; }
.foresight-panel .legend .key { width: 12px; height: 0; border-top: 3px solid; }
.foresight-panel .legend .dashed { border-top-style: dotted; }
.foresight-panel table { border-collapse: separate; border-spacing: 1px; width: 100%; }
.foresight-panel caption { caption-side: bottom; text-align: left; color: #a8b4c4; padding-top: 3px; }
.foresight-panel th { font-weight: 400; color: #cbd5e1; padding: 0; }
.foresight-panel thead td { vertical-align: bottom; padding: 0 2px 2px 0; }
.foresight-panel thead th { vertical-align: bottom; height: 62px; }
.foresight-panel thead th span {
  writing-mode: vertical-rl; transform: rotate(180deg); display: inline-block; max-height: 60px;
  overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
}
/* Chinese stands upright in vertical lines. */
.foresight-panel:lang(zh) thead th span { transform: none; }
.foresight-panel tbody th { text-align: left; max-width: 70px; width: 70px; }
.foresight-panel tbody th span { display: block; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.foresight-panel tbody td { text-align: center; height: 19px; border-radius: 3px; color: #f8fafc; outline: 1px solid #1e293b; }
.foresight-panel .experts, .foresight-panel .sessions {
  display: flex; flex-direction: column; gap: 4px; margin: 0; padding: 0; list-style: none;
}
.foresight-panel .experts li { display: grid; grid-template-columns: 1fr 52px 40px; gap: 8px; align-items: center; }
.foresight-panel .habits .name { white-space: normal; }
.foresight-panel .sessions li { display: flex; align-items: center; gap: 6px; }
.foresight-panel .sessions .what { flex: 1; min-width: 0; display: flex; flex-direction: column; line-height: 1.25; }
.foresight-panel .sessions button { padding: 2px 8px; min-height: 26px; }
.foresight-panel dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 10px; margin: 0; }
.foresight-panel dt { color: #b6c2d2; }
.foresight-panel dd { margin: 0; overflow-wrap: anywhere; }
.foresight-panel .buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 6px; }
.foresight-panel .buttons.three { grid-template-columns: 1fr 1fr 1fr; }
.foresight-panel .buttons .wide { grid-column: 1 / -1; }
.foresight-panel button {
  min-height: 28px; padding: 3px 4px; border: 1px solid #475569; border-radius: 7px;
  background: #1e293b; color: #f1f5f9; font: inherit; line-height: 1.2; cursor: pointer;
}
.foresight-panel button:hover:not(:disabled) { background: #334155; }
.foresight-panel button:active:not(:disabled) { background: #0f172a; }
.foresight-panel button:focus-visible { outline: 2px solid #7dd3fc; outline-offset: 1px; }
.foresight-panel button:disabled { opacity: 0.5; cursor: default; }
.foresight-panel button.main { background: #15803d; border-color: #22c55e; color: #fff; font-weight: 600; }
.foresight-panel button.main:hover:not(:disabled) { background: #166534; }
.foresight-panel button[aria-pressed='true'] { background: #0c4a6e; border-color: #38bdf8; }
.foresight-panel button[aria-pressed='mixed'] { background: #1e293b; border: 1px dashed #38bdf8; }
.foresight-panel button.record::before { content: '○ '; color: #fca5a5; }
.foresight-panel button.record[aria-pressed='true'] { background: #7f1d1d; border-color: #f87171; }
.foresight-panel button.record[aria-pressed='true']::before { content: '● '; }
.foresight-panel button.danger { border-color: #b91c1c; color: #fecaca; }
.foresight-panel header button { min-height: 28px; min-width: 30px; padding: 0 4px; line-height: 1; }
.foresight-panel header svg { display: block; width: 18px; height: 18px; margin: auto; }
.foresight-panel .confirm {
  display: flex; flex-direction: column; gap: 8px; padding: 8px;
  border: 1px solid #b91c1c; border-radius: 8px; background: #450a0a;
}
.foresight-panel .privacy { display: flex; flex-direction: column; gap: 4px; }
.foresight-panel .drop-hint {
  display: none; position: absolute; inset: 4px; align-items: center; justify-content: center;
  border: 2px dashed #7dd3fc; border-radius: 9px; background: #0b1020f0; color: #f8fafc;
  font-size: 14px; text-align: center; pointer-events: none;
}
.foresight-panel.dropping .drop-hint { display: flex; }
.foresight-panel .handle { position: absolute; touch-action: none; border-radius: 4px; }
.foresight-panel .handle.x { left: 0; top: 12px; bottom: 12px; width: 8px; cursor: ew-resize; }
.foresight-panel .handle.y { bottom: 0; left: 12px; right: 12px; height: 8px; cursor: ns-resize; }
.foresight-panel .handle:hover { background: rgb(125 211 252 / 0.25); }
.foresight-panel .handle:focus-visible { outline: 2px solid #7dd3fc; outline-offset: -2px; }
@media (pointer: coarse) {
  .foresight-panel button, .foresight-panel header button, .foresight-panel .sessions button {
    min-height: 44px; min-width: 44px;
  }
}
/* A sheet at the lower edge: next to it a phone has no room for a game. */
@media (max-width: 640px) {
  .foresight-panel {
    top: auto; left: 0; right: 0; bottom: 0; width: auto !important; max-width: none;
    height: auto !important; max-height: 50vh; border-radius: 12px 12px 0 0;
  }
  .foresight-panel .handle { display: none; }
}
@media (prefers-contrast: more) { .foresight-panel { background: #020617; } }
${CHART_STYLES}`;

import type { ExplanationWords } from './explanation-words.ts';

const before = (back: number): string => (back === 1 ? '（再前一步）' : `（再前 ${back} 步）`);
const short = (value: number): string => String(Number(value.toPrecision(3)));

const KINDS: ExplanationWords['kinds'] = {
  population: '所有玩家',
  player: '这位玩家',
  recent: '这位玩家最近',
};

/** The phrases of `explanationText` in Chinese. */
export const CHINESE: ExplanationWords = {
  kinds: KINDS,
  counted({ but, knows, context, counts, total, complete }) {
    const when = context.length ? context.join('、') : '总体上';
    const often = counts.map(([action, count]) => `${action} ${Math.round(count)} 次`).join('，');
    const of = complete
      ? `（共 ${Math.round(total)} 次）`
      : `（共 ${Math.round(total)} 种类似情形）`;
    return `${but ? '但' : ''}${KINDS[knows]}，${when}：${often}${of}。`;
  },
  network({ but, action, causes }) {
    const why = causes.length ? `，依据是${causes.join('和')}` : '';
    return `${but ? '但' : ''}网络倾向于${action}${why}。`;
  },
  distrusted: '在这里，对玩家以往做法的统计比网络的预测更重要。',
  action(action, back) {
    const name = action ?? '无动作';
    return back ? name + before(back) : `在${name}之后`;
  },
  byRecency: '不论具体动作',
  recency(rank, back) {
    const what = rank === null ? '刚开始' : rank ? `回到倒数第 ${rank + 1} 个动作` : '重复';
    return back && rank !== null ? what + before(back) : what;
  },
  duration(range, back) {
    if (range === null) return '刚开始';
    return back ? range + before(back) : `距上次 ${range}`;
  },
  number: (field, range) => `${field} ${range ?? '未知'}`,
  place(field, value, back) {
    const what =
      typeof value === 'boolean' ? `${value ? '' : '非'}${field}` : `${field} ${value ?? '未知'}`;
    return back ? what + before(back) : what;
  },
  range({ above, upTo }, unit) {
    const numbers =
      above === -Infinity
        ? `不超过 ${short(upTo)}`
        : upTo === Infinity
          ? `大于 ${short(above)}`
          : `${short(above)} 至 ${short(upTo)}`;
    return unit ? `${numbers} ${unit}` : numbers;
  },
  ticks: '刻',
  step: (action, back) => (back ? `前 ${back} 步的${action}` : `刚才的${action}`),
  observation: (field, value) => (value ? `${field}（${value}）` : field),
  actions: '此前的动作',
  durations: '此前的节奏',
  yes: '是',
  no: '否',
};

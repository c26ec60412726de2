/**
 * A handler of Phaser's key events that hears each of them once. Of several that come within one frame
 * Phaser hands the earlier ones out again with every new one: its queue is emptied only after the frame, and
 * KeyboardPlugin.update knows no more than the last event. A tap on a switch and two arrows would switch twice.
 */
export function hearOnce(hear: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  const heard = new WeakSet<KeyboardEvent>();
  return (event) => {
    if (heard.has(event)) return;
    heard.add(event);
    hear(event);
  };
}

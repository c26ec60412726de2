/**
 * Wraps a handler of Phaser's key events so that it handles each event once. When several events come
 * within one frame, Phaser emits the earlier ones again with every new one: it empties its queue only
 * after the frame, and KeyboardPlugin.update remembers only the last event. One tap would toggle twice.
 */
export function handleOnce(handle: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  const handled = new WeakSet<KeyboardEvent>();
  return (event) => {
    if (handled.has(event)) return;
    handled.add(event);
    handle(event);
  };
}

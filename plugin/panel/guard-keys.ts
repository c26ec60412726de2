/**
 * Keeps keys that are pressed in the panel from the game, which listens on the window. The release of a
 * key that was pressed elsewhere reaches the game, so that no character keeps walking.
 *
 * @param leave called for Escape: the keys belong to the game again
 */
export function guardKeys(root: HTMLElement, leave: () => void): void {
  const held = new Set<string>();
  root.addEventListener('keydown', (event) => {
    event.stopPropagation();
    held.add(event.code);
    if (event.key === 'Escape') leave();
  });
  root.addEventListener('keyup', (event) => {
    if (held.delete(event.code)) event.stopPropagation();
  });
}

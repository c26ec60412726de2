/** Free pixels between the game and the panel. */
const GAP = 8;
/** Pixels that the game keeps: where there are fewer, the panel covers a part of it. */
const LEAST = 360;

/**
 * Makes a game's element end where the panel begins, and follows the sizes of panel and page. Dispatches
 * the page's `resize` event for the game. Returns a function that restores the element's own width.
 */
export function makeRoom(game: HTMLElement, panel: HTMLElement): () => void {
  const own = game.style.width;
  const set = (width: string): void => {
    if (game.style.width === width) return;
    game.style.width = width;
    window.dispatchEvent(new Event('resize'));
  };
  const fit = (): void => {
    const { left } = game.getBoundingClientRect();
    const width = Math.floor(panel.getBoundingClientRect().left - GAP - left);
    set(width >= LEAST ? `${width}px` : own);
  };
  const observer = new ResizeObserver(fit);
  observer.observe(panel);
  window.addEventListener('resize', fit);
  fit();
  return () => {
    observer.disconnect();
    window.removeEventListener('resize', fit);
    set(own);
  };
}

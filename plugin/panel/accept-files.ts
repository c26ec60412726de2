import { element } from './elements.ts';

export interface AcceptFilesOptions {
  /** Shown while files are over it. */
  readonly hint: string;
  readonly take: (files: readonly File[]) => void;
}

/** Accepts files that are dropped anywhere on an element, and shows so while they are over it. */
export function acceptFiles(root: HTMLElement, { hint, take }: AcceptFilesOptions): void {
  /** Elements inside that the pointer has entered and not left. */
  let depth = 0;
  const enter = (by: number): void => {
    depth = Math.max(0, depth + by);
    root.classList.toggle('dropping', depth > 0);
  };
  const withFiles =
    (then: (files: DataTransfer) => void) =>
    (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Otherwise the browser would leave the game and open the file.
      event.preventDefault();
      then(event.dataTransfer);
    };
  root.append(element('p', { className: 'drop-hint', text: hint }));
  root.addEventListener(
    'dragenter',
    withFiles(() => enter(1)),
  );
  root.addEventListener(
    'dragleave',
    withFiles(() => enter(-1)),
  );
  root.addEventListener(
    'dragover',
    withFiles(() => {}),
  );
  root.addEventListener(
    'drop',
    withFiles(({ files }) => {
      enter(-depth);
      take([...files]);
    }),
  );
}

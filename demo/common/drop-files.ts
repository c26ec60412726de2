import * as Phaser from 'phaser';

/** Calls `take` with a file that is dropped anywhere on the page, while the scene runs. */
export function onDroppedFile(scene: Phaser.Scene, take: (file: File) => void): void {
  const over = (event: DragEvent): void => {
    // Otherwise the browser would leave the game and open the file.
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };
  const drop = (event: DragEvent): void => {
    over(event);
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  };
  window.addEventListener('dragover', over);
  window.addEventListener('drop', drop);
  scene.events.once(Phaser.Scenes.Events.SHUTDOWN, () => {
    window.removeEventListener('dragover', over);
    window.removeEventListener('drop', drop);
  });
}

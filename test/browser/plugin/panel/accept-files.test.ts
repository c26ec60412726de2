import { afterEach, expect, it } from 'vitest';
import { acceptFiles } from '../../../../plugin/panel/accept-files.ts';

afterEach(() => document.body.replaceChildren());

it('takes dropped files, shows that it would, and leaves other drops alone', () => {
  const taken: string[] = [];
  const root = document.createElement('section');
  document.body.append(root);
  acceptFiles(root, {
    hint: 'Here',
    take: (files) => taken.push(...files.map(({ name }) => name)),
  });
  const drag = (type: string, dataTransfer: DataTransfer): boolean =>
    root.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  const files = new DataTransfer();
  files.items.add(new File(['x'], 'a.episodes'));
  files.items.add(new File(['y'], 'b.safetensors'));
  const text = new DataTransfer();
  text.setData('text/plain', 'words');

  expect(drag('dragover', text)).toBe(true);
  expect(drag('dragenter', files)).toBe(false);
  expect(root.className).toBe('dropping');
  drag('dragleave', files);
  expect(root.className).toBe('');
  drag('dragenter', files);
  expect(drag('drop', files)).toBe(false);
  expect(root.className).toBe('');
  expect(taken).toEqual(['a.episodes', 'b.safetensors']);
});

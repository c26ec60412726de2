/** 16 random hexadecimal digits. Unlike `crypto.randomUUID` it works on pages without https. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

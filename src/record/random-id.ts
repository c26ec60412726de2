/** 16 random hexadecimal digits. Works where `crypto.randomUUID` does not: pages without https. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Has the other tabs of a game forget what this one forgets. */
export class OtherTabs {
  #channel: BroadcastChannel | null = null;

  /** @param onForget called with what another tab has forgotten: the key of a model, or null for everything */
  constructor(name: string, onForget: (key: string | null) => void) {
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => onForget(data);
    } catch {
      // Blocked, as the databases are then: the tabs share nothing.
    }
  }

  forget(key: string | null): void {
    this.#channel?.postMessage(key);
  }

  close(): void {
    this.#channel?.close();
  }
}

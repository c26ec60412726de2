/** What record-gif.mjs uses of packages that bring no types. */
declare module 'gifenc' {
  type Colour = readonly number[];
  interface Frame {
    readonly palette?: readonly Colour[];
    /** ms */
    readonly delay: number;
    readonly transparent: boolean;
    readonly transparentIndex: number;
    readonly dispose: number;
  }
  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, frame: Frame): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  /** CommonJS: everything is a member of what `import` gives. */
  const gifenc: {
    GIFEncoder(): Encoder;
    /** @param data RGBA */
    quantize(data: Uint8Array, colours: number): Colour[];
    applyPalette(data: Uint8Array, palette: readonly Colour[]): Uint8Array;
  };
  export = gifenc;
}

declare module 'pngjs' {
  export const PNG: {
    readonly sync: {
      read(file: Uint8Array): {
        readonly width: number;
        readonly height: number;
        /** RGBA */
        readonly data: Uint8Array;
      };
    };
  };
}

/** Names of renderers that draw on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|software|basic render/i;

/** Whether WebGL runs without a graphics card: antialiasing would then halve the frame rate. */
export function isSoftwareRenderer(): boolean {
  const gl = document.createElement('canvas').getContext('webgl');
  if (!gl) return true;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = info && gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return SOFTWARE.test(String(name));
}

let dispatches = 0;

/** Counts every compute dispatch of this page from now on. */
export function countDispatches(): void {
  if (typeof GPUComputePassEncoder === 'undefined') return;
  const { prototype } = GPUComputePassEncoder;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = prototype;
  prototype.dispatchWorkgroups = function (...args) {
    dispatches += 1;
    return dispatchWorkgroups.apply(this, args);
  };
  prototype.dispatchWorkgroupsIndirect = function (...args) {
    dispatches += 1;
    return dispatchWorkgroupsIndirect.apply(this, args);
  };
}

/** Dispatches counted so far. */
export const dispatchCount = (): number => dispatches;

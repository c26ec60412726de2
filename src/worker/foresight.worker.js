// The name that the published worker has: `new URL('./foresight.worker.js', import.meta.url)` finds
// a worker next to the client both in the package and, through this file, in the sources.
import './worker.ts';

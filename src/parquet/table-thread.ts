import { parentPort } from 'node:worker_threads';
import { messageOf } from '../util/error.ts';
import { ParquetTable } from './parquet-table.ts';
import type { Cell } from './parquet-table.ts';
import type { OpenedTable, TableReply, TableRequest } from './table-protocol.ts';

/** The program of the thread that reads Parquet. */
const port = parentPort;
const tables = new Map<number, ParquetTable>();

port?.on('message', async (request: TableRequest) => {
  const { id } = request;
  try {
    port.postMessage({ id, ok: true, output: await answer(request) } satisfies TableReply);
  } catch (error) {
    port.postMessage({ id, ok: false, message: messageOf(error) } satisfies TableReply);
  }
});

// It can be asked now.
port?.postMessage({ id: -1, ok: true, output: null } satisfies TableReply);

async function answer(request: TableRequest): Promise<OpenedTable | Cell[] | null> {
  switch (request.kind) {
    case 'open': {
      const table = await ParquetTable.open(request.path);
      tables.set(request.id, table);
      return { table: request.id, columns: table.columns, groupRows: table.groupRows };
    }
    case 'read':
      return tables.get(request.table)!.read(request.column, request.range);
    case 'close':
      tables.get(request.table)?.close();
      tables.delete(request.table);
      return null;
    default:
      return request satisfies never;
  }
}

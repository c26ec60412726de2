import { benchDataCommand } from './bench-data-command.ts';
import type { Command } from './command.ts';
import { crossValidateCommand } from './cross-validate-command.ts';
import { distillCommand } from './distill-command.ts';
import { evaluateCommand } from './evaluate-command.ts';
import { exportCommand } from './export-command.ts';
import { exportOnnxCommand } from './export-onnx-command.ts';
import { exportTfjsCommand } from './export-tfjs-command.ts';
import { importCommand } from './import-command.ts';
import { importTfjsCommand } from './import-tfjs-command.ts';
import { initCommand } from './init-command.ts';
import { inspectCommand } from './inspect-command.ts';
import { quantizeCommand } from './quantize-command.ts';
import { trainCommand } from './train-command.ts';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  trainCommand,
  evaluateCommand,
  crossValidateCommand,
  benchDataCommand,
  inspectCommand,
  quantizeCommand,
  distillCommand,
  exportCommand,
  importCommand,
  exportOnnxCommand,
  exportTfjsCommand,
  importTfjsCommand,
  initCommand,
];

import { computeRouting } from "./compute-routing.ts";
import { computeUsageDropApart } from "./compute-usage-drop.ts";
import { computeClock } from "./engines/business-time/index.ts";
import { DocumentFault } from "./engines/document/index.ts";
import { computeStaffing } from "./engines/staffing/index.ts";
import { computeSurvival } from "./engines/survival/index.ts";
import { computeAnomaly } from "./engines/usage-drop/index.ts";

/** What `mainstay compute <engine>` can answer: a JSON document in, a JSON document (or its promise) out, or a `DocumentFault`. */
const engines: ReadonlyMap<string, (document: unknown) => unknown> = new Map<string, (document: unknown) => unknown>([
  ["anomaly", computeAnomaly],
  ["clock", computeClock],
  ["survival", computeSurvival],
  ["staffing", computeStaffing],
  ["routing", computeRouting],
  ["usage-drop", computeUsageDropApart],
]);

const badInput = 2;

/**
 * Reads one JSON document, answers with one JSON document. Exit code 0; 2 for bad input, with a problem document on
 * `stderr` that names the place and nothing on `stdout`. Resolves when what was written has been handed over.
 */
export async function runCompute(
  engineName: string,
  stdin: AsyncIterable<Uint8Array>,
  stdout: NodeJS.WritableStream,
  stderr: NodeJS.WritableStream,
): Promise<number> {
  try {
    const compute = engines.get(engineName);
    if (!compute) {
      const known = [...engines.keys()].join(", ");
      throw new DocumentFault("", `There is no engine "${engineName}" to compute with: use ${known}.`);
    }
    const answer = await compute(parse(await readAll(stdin)));
    await write(stdout, JSON.stringify(answer));
    return 0;
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    const problem = {
      type: "about:blank",
      title: "The input cannot be computed",
      status: 422,
      code: "bad_input",
      detail: error.message,
      pointer: error.pointer,
    };
    await write(stderr, JSON.stringify(problem));
    return badInput;
  }
}

async function readAll(stdin: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8 text";
    throw new DocumentFault("", `Standard input is not a JSON document: ${reason}.`);
  }
}

function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

// Programs that tests run as children of their own.
import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs a program in a folder, and ends it with this process or after so many milliseconds; gives exit code, all output, and
 * what of it went to standard output. The code of a program that can't be run is a text that says why.
 */
export const run = async (program, args, { cwd, settings = {}, patience = 300_000 }) => {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
    killSignal: "SIGKILL",
  });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  let output = "";
  let stdout = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  child.stdout.on("data", (text) => (stdout += text));
  const [code, signal] = await once(child, "close").catch(({ message }) => [message]);
  process.off("exit", end);
  return { code: code ?? signal, output, stdout };
};

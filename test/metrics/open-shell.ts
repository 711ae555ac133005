import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { DeployLab } from '#test/ansible/deploy-lab.ts';

/** A shell on a host that stays open: an answer costs no login, so that it is of the moment it was asked for. */
export interface Shell {
  /** Runs a command that prints one line. */
  ask(command: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens a shell as root on the host of a server. */
export function openShell(lab: DeployLab, server: string): Shell {
  const { ip, port } = lab.factsOf(server);
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'BatchMode=yes', 'LogLevel=ERROR'];
  const words = options.flatMap((option) => ['-o', option]);
  const ssh = execa('ssh', ['-F', 'none', ...words, '-i', join(lab.folder, 'keys', 'id'), '-p', String(port), `root@${ip}`, 'sh'], {
    stdin: 'pipe',
    reject: false,
    buffer: false,
  });
  const lines = createInterface({ input: ssh.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (command) => {
      ssh.stdin.write(`${command}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error(`the shell on ${server} ended`);
      return line.value;
    },
    close: async () => {
      ssh.stdin.end();
      await ssh;
    },
  };
}

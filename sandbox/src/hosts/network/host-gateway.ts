import { connect, type Socket } from 'node:net';

/**
 * Connects to a port of a host by its gateway, the UNIX socket of `images/connect.sh`, as from another machine. Rejects when the host does
 * not let it in: nothing listens there, its firewall says no, or it is off.
 */
export const connectInside = (gateway: string, port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ path: gateway, allowHalfOpen: true });
    const fail = (cause?: Error): void => {
      socket.destroy();
      reject(new Error(`port ${port} of the host does not answer`, { cause }));
    };
    const refuse = (): void => fail();
    socket.on('error', fail).on('end', refuse).on('close', refuse);
    socket.once('data', (data: Buffer) => {
      socket.pause();
      socket.off('error', fail).off('end', refuse).off('close', refuse);
      if (data.length > 1) socket.unshift(data.subarray(1));
      resolve(socket);
    });
    socket.write(`${port}\n`);
  });

/** Whether a port of a host answers from outside. */
export const answersInside = async (gateway: string, port: number): Promise<boolean> => {
  try {
    (await connectInside(gateway, port)).destroy();
    return true;
  } catch {
    return false;
  }
};

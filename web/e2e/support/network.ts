import { connect, createServer, type Server, type Socket } from "node:net";
import { freePort } from "./child.ts";

/** A cable between browser and server that can be pulled: what is connected breaks, what is new does not get through. */
export class Network {
  readonly url: string;
  readonly #listener: Server;
  readonly #sockets = new Set<Socket>();
  #isUp = true;

  private constructor(url: string, target: URL) {
    this.url = url;
    this.#listener = createServer((near) => {
      if (!this.#isUp) {
        near.destroy();
        return;
      }
      const far = connect(Number(target.port), target.hostname);
      near.pipe(far).pipe(near);
      this.#join(near, far);
      this.#join(far, near);
    });
  }

  static async start(serverUrl: string): Promise<Network> {
    const port = await freePort();
    const network = new Network(`http://127.0.0.1:${port}`, new URL(serverUrl));
    await new Promise<void>((resolve) => network.#listener.listen(port, "127.0.0.1", resolve));
    return network;
  }

  pull(): void {
    this.#isUp = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  plugIn(): void {
    this.#isUp = true;
  }

  async dispose(): Promise<void> {
    this.pull();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #join(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => other.destroy());
    socket.on("close", () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }
}

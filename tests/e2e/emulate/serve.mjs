// emulate's Slack on a free port, with the seed given as JSON; prints its address and runs until it is stopped.
import { createServer } from "node:net";
import { createEmulator } from "emulate";

const probe = createServer().listen(0, "127.0.0.1", () => {
  const { port } = probe.address();
  probe.close(async () => {
    const running = await createEmulator({ service: "slack", port, seed: { slack: JSON.parse(process.argv[2]) } });
    console.log(`listening on ${running.url}`);
  });
});

/** The public entry: servers and the development issuer for one machine. */
export { DemoYear } from './demo-year/demo-year.js';
export { Offices } from './demo-year/offices.js';
export { DEMO_YEAR } from './demo-year/year.js';
export { bodyKeys, channelKeys, serviceEnv } from './services.js';
export { CLIENTS, type Client } from './clients.js';
export { fetchToken, startIssuer } from './issuer.js';
export { freePort } from './ports.js';
export { type Child, ROOT, startChild, STATE, takeOver, until } from './processes.js';
export { startBroker } from './servers/kafka.js';
export { startMongod } from './servers/mongo.js';
export { type Server, type ServerOptions, type Servers, startServers } from './servers/servers.js';
export { ready, type Service, SERVICES, clockFile, startService } from './services.js';

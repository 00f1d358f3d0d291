/**
 * Who imports a module of Node reads every name it has, and three of `node:http` load the web client that `fetch` also is: 14 MB and
 * 30 ms of each start that has a server in it. They go; `fetch` and `WebSocket` themselves stay where everybody looks for them.
 */
export function spareWebClient(): void {
  const http = process.getBuiltinModule('node:http') as Record<string, unknown>
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) delete http[name]
}

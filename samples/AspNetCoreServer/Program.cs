using AspNetCoreServer;

// Alone: serves. With `smoke`: serves on a free port, and calls it as clients would.
return args is ["smoke"] ? await SmokeClient.RunAsync() : await GuardedServer.RunAsync(args);

using QuickStart;

// The same program twice: the server in a child process, the client here.
return args is ["serve", var auditFile]
    ? await GuardedServer.RunAsync(auditFile)
    : await Story.TellAsync(Path.Combine(Directory.CreateTempSubdirectory("policylayer-").FullName, "audit.jsonl"));

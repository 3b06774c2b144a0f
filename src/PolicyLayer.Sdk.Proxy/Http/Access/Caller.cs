namespace PolicyLayer.Sdk.Proxy.Http.Access;

/// <summary>Who sends a request, and who judges it.</summary>
internal sealed record Caller(Grant Grant, ToolGuard Guard);

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Who sends a request, and who judges it.</summary>
internal sealed record Caller(Grant Grant, ToolGuard Guard);

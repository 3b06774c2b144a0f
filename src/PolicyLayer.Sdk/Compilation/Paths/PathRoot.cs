namespace PolicyLayer.Sdk.Compilation.Paths;

/// <summary>Where a path begins (policy format, section 3). Each is a space of its own.</summary>
internal enum PathRoot
{
    Arguments,
    GrantId,
    GrantLabel,
    GrantAttributes,
    UserId,
    UserClaims,
    SessionId,
    ToolName,
    ToolAnnotations,
    Context,
    TimeUtc,
    TimeHour,
    TimeWeekday,
}

namespace PolicyLayer.Sdk.Parsing;

/// <summary>The codes of <see cref="PolicyDiagnostic"/>. A code is never reused for something else. Each is explained in <c>docs/diagnostics.md</c>.</summary>
internal static class DiagnosticCodes
{
    public const string Unreadable = "PL1001";
    public const string TooLarge = "PL1002";
    public const string WrongEncoding = "PL1003";
    public const string InvalidJson = "PL1004";
    public const string TooDeep = "PL1005";
    public const string DuplicateKey = "PL1006";
    public const string UnknownMember = "PL1007";
    public const string MissingMember = "PL1008";
    public const string WrongType = "PL1009";
    public const string InvalidValue = "PL1010";
    public const string InvalidPath = "PL1012";
    public const string UnknownOperator = "PL1013";
    public const string InvalidOperand = "PL1014";
    public const string InvalidRegex = "PL1015";
    public const string InvalidSchema = "PL1016";
    public const string ConflictingLimits = "PL1017";
    public const string DuplicateName = "PL1018";
    public const string TooMany = "PL1019";
    public const string MixedGenerations = "PL1020";
    public const string Untranslatable = "PL1021";
    public const string CanBeLeftOut = "PL2001";
    public const string UnanchoredRegex = "PL2002";
    public const string NoEffect = "PL2003";
    public const string LooksLikeAnother = "PL2004";
    public const string MatchesNothing = "PL2005";
    public const string HiddenWithRules = "PL2006";
    public const string UnreadablePasses = "PL2007";
    public const string Contradiction = "PL2008";
    public const string RuledOutBySchema = "PL2009";
    public const string AccidentallyShared = "PL2010";
    public const string PartOfClaim = "PL2011";
    public const string BeyondLimit = "PL2012";
    public const string NotCompared = "PL2013";
    public const string TextOfPlace = "PL2014";
    public const string NoType = "PL2015";
    public const string NoLeast = "PL2016";
    public const string WrappedFragment = "PL3001";
    public const string DefaultedToAllow = "PL3002";
    public const string LeftToTheHost = "PL3003";
    public const string LeftOut = "PL3004";
    public const string StricterTypes = "PL3005";
}

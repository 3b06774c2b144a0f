namespace PolicyLayer.Sdk.Parsing;

/// <summary>Tells people where a byte of a document stands.</summary>
internal interface ITextPositions
{
    /// <summary>The line and the column, both from 1.</summary>
    (int Line, int Column) Locate(int offset);
}

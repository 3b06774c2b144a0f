namespace PolicyLayer.Sdk.Policies;

/// <summary>Where a policy comes from.</summary>
internal interface IPolicySource
{
    /// <exception cref="PolicyFormatException">There is no policy to be had from it.</exception>
    ToolPolicy Load();
}

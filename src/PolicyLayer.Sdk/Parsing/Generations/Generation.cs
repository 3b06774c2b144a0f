namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>The forms in which policies have been written (policy format, section 6). All say version 1, so they are told apart by what is in them.</summary>
internal enum Generation
{
    PolicyLayer = 0,
    Intercept,
    CatalogueFragment,
}

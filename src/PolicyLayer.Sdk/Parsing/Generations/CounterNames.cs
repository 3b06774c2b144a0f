namespace PolicyLayer.Sdk.Parsing.Generations;

/// <summary>The names that the counters of tools get in one document: two tools must not count together because names with dots in them meet.</summary>
internal sealed class CounterNames(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, string> _scopes = new(StringComparer.Ordinal);

    /// <summary>The name of a tool's counter.</summary>
    /// <param name="scope">How paths of the tool's counters name it.</param>
    /// <param name="counter">The counter.</param>
    /// <param name="place">Where it is limited.</param>
    public string Of(string scope, string counter, DocumentNode place)
    {
        string name = $"{scope}.{counter}";
        if (!_scopes.TryAdd(name, scope) && _scopes[name] != scope)
        {
            diagnostics.Error(DiagnosticCodes.Untranslatable, place, $"`{name}` would be the counter of two tools, `{_scopes[name]}` and `{scope}`; give one of the counters another name");
        }

        return name;
    }
}

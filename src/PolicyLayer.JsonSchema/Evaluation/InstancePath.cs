using System.Globalization;
using System.Text;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>Where in the instance the validation is.</summary>
internal sealed class InstancePath
{
    /// <summary>A text names at most so many steps; the pointer has them all.</summary>
    private const int ShownSteps = 4;

    private readonly List<InstanceStep> _steps = [];

    /// <summary>The last name on the way, if the last step was one.</summary>
    public string? LastName => _steps.Count == 0 ? null : _steps[^1].Name;

    public void Push(InstanceStep step) => _steps.Add(step);

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>The JSON pointer (RFC 6901).</summary>
    public string ToPointer()
    {
        var pointer = new StringBuilder();
        foreach (InstanceStep step in _steps.Where(step => !step.IsName))
        {
            pointer.Append('/').Append(step.Name is null ? step.Index.ToString(CultureInfo.InvariantCulture) : JsonPointer.Escape(step.Name));
        }

        return pointer.ToString();
    }

    /// <summary>What a sentence about this place starts with.</summary>
    public string ToSubject() => _steps switch
    {
        [] => "the value",
        [.., { IsName: true, Name: string name }] => $"the name `{name}`",
        _ => $"`{Describe()}`",
    };

    /// <summary>What a sentence about a member of this place starts with.</summary>
    public string ToSubject(string member)
    {
        string place = Describe();
        return place.Length == 0 ? $"`{member}`" : $"`{place}.{member}`";
    }

    private string Describe()
    {
        var text = new StringBuilder(_steps.Count > ShownSteps ? "…" : "");
        foreach (InstanceStep step in _steps.Skip(_steps.Count - ShownSteps))
        {
            _ = step.Name is null
                ? text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]")
                : text.Append(text.Length == 0 ? "" : ".").Append(step.Name);
        }

        return text.ToString();
    }
}

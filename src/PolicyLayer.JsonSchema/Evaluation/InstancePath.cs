using System.Globalization;
using System.Runtime.CompilerServices;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Evaluation;

/// <summary>Where in the instance the validation is.</summary>
internal sealed class InstancePath
{
    /// <summary>A text names at most so many steps; the pointer has them all.</summary>
    private const int ShownSteps = 4;

    /// <summary>Texts up to this length are put together on the stack.</summary>
    private const int Buffer = 256;

    private readonly List<InstanceStep> _steps = [];

    /// <summary>The last name on the way, if the last step was one.</summary>
    public string? LastName => _steps is [.., { IsMember: true } last] ? last.Name : null;

    public void Push(InstanceStep step) => _steps.Add(step);

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>The JSON pointer (RFC 6901).</summary>
    public string ToPointer()
    {
        var pointer = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[Buffer]);
        foreach (InstanceStep step in _steps)
        {
            if (step.IsName)
            {
                continue;
            }

            pointer.AppendLiteral("/");
            if (step.IsMember)
            {
                pointer.AppendLiteral(JsonPointer.Escape(step.Name));
            }
            else
            {
                pointer.AppendFormatted(step.Index);
            }
        }

        return pointer.ToStringAndClear();
    }

    /// <summary>A sentence about this place: <c>`amount` must be …</c>.</summary>
    public string ToSentence(string expectation) => _steps switch
    {
        [] => $"the value {expectation}",
        [.., { IsName: true } name] => $"the name `{name.Name}` {expectation}",
        _ => Sentence(null, expectation),
    };

    /// <summary>A sentence about a member of this place.</summary>
    public string ToSentence(string member, string expectation) => Sentence(member, expectation);

    private string Sentence(string? member, string expectation)
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[Buffer]);
        text.AppendLiteral(_steps.Count > ShownSteps ? "`…" : "`");
        bool isFirst = _steps.Count <= ShownSteps;
        for (int i = Math.Max(0, _steps.Count - ShownSteps); i < _steps.Count; i++)
        {
            if (_steps[i].IsMember)
            {
                text.AppendLiteral(isFirst ? "" : ".");
                text.AppendLiteral(_steps[i].Name);
            }
            else
            {
                text.AppendLiteral("[");
                text.AppendFormatted(_steps[i].Index);
                text.AppendLiteral("]");
            }

            isFirst = false;
        }

        if (member is not null)
        {
            text.AppendLiteral(isFirst ? "" : ".");
            text.AppendLiteral(member);
        }

        text.AppendLiteral("` ");
        text.AppendLiteral(expectation);
        return text.ToStringAndClear();
    }
}

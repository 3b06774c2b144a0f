namespace PolicyLayer.Sdk;

/// <summary>One check of a call, in the order in which checks are made (policy format, section 4).</summary>
public sealed class ExplainedCheck
{
    internal ExplainedCheck(string name, string outcome, int? layer = null, string? rule = null, string? detail = null, ExplainedCondition? condition = null)
    {
        Name = name;
        Outcome = outcome;
        Layer = layer;
        Rule = rule;
        Detail = detail;
        Condition = condition;
    }

    /// <summary>What is checked: <c>well_formed</c>, <c>grant</c>, <c>hide</c>, <c>default</c>, <c>action</c>, <c>arguments</c>, <c>require</c>, <c>deny_if</c>, <c>limits</c> or <c>require_approval</c>; where something failed inside also <c>evaluation</c> or <c>audit</c>.</summary>
    public string Name { get; }

    /// <summary><c>passed</c>; <c>refused</c> for the one that decided; <c>not_reached</c> behind it.</summary>
    public string Outcome { get; }

    /// <summary>Which of the policies checks, counted from 0; null for a check of none.</summary>
    public int? Layer { get; }

    /// <summary>The rule, as in <see cref="ToolDecision.Rule"/>; null for a check without one.</summary>
    public string? Rule { get; }

    /// <summary>More about it, or null.</summary>
    public string? Detail { get; }

    /// <summary>What the rule asked and saw; null for a check without conditions, or one that was not reached.</summary>
    public ExplainedCondition? Condition { get; }
}

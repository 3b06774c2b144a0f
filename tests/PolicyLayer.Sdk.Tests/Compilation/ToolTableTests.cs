using System.Globalization;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Compilation;

public sealed class ToolTableTests
{
    [Fact]
    public void Find_is_worked_out_once_for_names_that_fit()
    {
        CompiledPolicy policy = Judging.Tools("""{ "a": {}, "b*": {} }""").Compiled;
        Assert.Same(policy.Find("a"), policy.Find("a"));
        Assert.Same(policy.Find("bb"), policy.Find("bb"));
        Assert.Same(policy.Find("unknown"), policy.Find("unknown"));
    }

    [Fact]
    public void Find_invented_names_are_not_remembered_without_end()
    {
        CompiledPolicy policy = Judging.Tools("""{ "a": {}, "b*": {} }""").Compiled;
        for (int i = 0; i < 5000; i++)
        {
            policy.Find("b" + i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.NotSame(policy.Find("b4999"), policy.Find("b4999"));
        Assert.True(policy.Find("b4999").IsNamed);
        Assert.Same(policy.Find("a"), policy.Find("a"));
    }

    // A name is whatever a model sent; a thousand of a megabyte each would stay in memory for good.
    [Fact]
    public void Find_long_invented_names_are_not_remembered()
    {
        CompiledPolicy policy = Judging.Tools("""{ "b*": {} }""").Compiled;
        string name = "b" + new string('x', 1 << 20);
        Assert.NotSame(policy.Find(name), policy.Find(name));
        Assert.True(policy.Find(name).IsNamed);
    }
}

using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Generations;

/// <summary>Documents of the older form, made at random: they decide as a model of that form says, and the same when they are migrated.</summary>
public sealed class MigrationPropertyTests
{
    private static readonly string[] Tools = ["a", "b", "c", "d", "*"];

    [Fact]
    public void Older_document_decides_as_its_model_and_as_what_it_is_migrated_to() =>
        Prop.ForAll(GeneratedPolicy.Seeds.ToArbitrary(), static seed => Holds(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static void Holds(Random random)
    {
        InterceptModel model = InterceptModel.Make(random);
        byte[] old = Encoding.UTF8.GetBytes(model.ToJson());
        PolicyMigration migration = PolicyMigration.Of(new PolicyText(old, "old.json"));
        Assert.True(migration.Json is not null, $"{model.ToJson()}: {string.Join('\n', migration.Diagnostics)}");
        byte[] migrated = Encoding.UTF8.GetBytes(migration.Json);
        Assert.Equal(migration.Json, PolicyMigration.Of(new PolicyText(migrated, "new.json")).Json);

        var time = new ManualTimeProvider();
        ToolGuard[] guards = [Judging.Guard([ToolPolicy.Parse(old)], time), Judging.Guard([ToolPolicy.Parse(migrated)], time)];
        for (int i = 0; i < 30; i++)
        {
            time.Advance(TimeSpan.FromSeconds(random.Next(4) == 0 ? random.Next(5000) : 0));
            string tool = Tools[random.Next(Tools.Length)];
            int? x = random.Next(4) == 0 ? null : random.Next(6);
            bool isAllowed = model.Judge(tool, x, time.GetUtcNow(), out List<(string Counter, long Window, decimal Amount)> charged);
            ToolDecision[] decisions = [.. guards.Select(guard => guard.Decide(new ToolCall(new Grant("g" + (i % 2)), tool, JsonElement.Parse(x is null ? "{}" : $$"""{ "x": {{x}} }"""))))];
            Assert.True(isAllowed == decisions[0].IsAllowed, $"{model.ToJson()}: call {i} of {tool} with {x} is {decisions[0].ReasonCode} by {decisions[0].Rule}");
            Assert.Equal((decisions[0].Reason, decisions[0].Rule, decisions[0].RetryAfter, decisions[0].Message), (decisions[1].Reason, decisions[1].Rule, decisions[1].RetryAfter, decisions[1].Message));
            if (!isAllowed || random.Next(3) > 0)
            {
                continue;
            }

            time.Advance(TimeSpan.FromSeconds(random.Next(2) * 100));
            model.TakeBack(charged);
            guards[0].Complete(decisions[0], ToolOutcome.Error);
            guards[1].Complete(decisions[1], ToolOutcome.Error);
        }
    }
}

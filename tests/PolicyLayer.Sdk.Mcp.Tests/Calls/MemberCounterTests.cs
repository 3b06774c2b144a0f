using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Mcp.Servers;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>How many members an object has as it was sent, against how many were put into its text.</summary>
public sealed class MemberCounterTests
{
    private static readonly string[] Values =
    [
        "1", "-0.5e+3", "true", "null", "\"\"", "\"a:b,{\\\"c\\\":[1]}\"", "\"\\\\\"", "\"\\\\\\\"\"", "\"\\u0022:\\u005c\"", "\"grün 💥\"",
        "{}", "[]", "{\"a\":1,\"a\":2}", "[{\"a\":{\"b\":[\"}\",\":\"]}},[]]", "{ \"deep\" : [ 1 , { \"\\\\\" : \"\\\"\" } ] }",
    ];

    private static readonly string[] Names = ["a", "b", "", "a:b", "\\\"", "\\\\", "{", "]", "\\u003a", "ü"];

    [Fact]
    public void Count_is_that_of_the_members_in_the_text() => Prop.ForAll(
        Gen.Elements(Names).Zip(Gen.Elements(Values)).ListOf().ToArbitrary(),
        static members => Assert.Equal(members.Count, Count(string.Join(" , ", members.Select(static member => $"\"{member.Item1}\" : {member.Item2}"))))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("\"a\":\"\\ufffd\"")]
    [InlineData("\"\uFFFD\":1")]
    [InlineData("\"a\":{\"b\":[\"\uFFFD\"]}")]
    public void Count_is_none_where_a_mark_may_stand_for_something_else(string members) => Assert.Equal(-1, Count(members));

    [Theory]
    [InlineData("\"a\":\"\uFF01\"", 1)]
    [InlineData("\"a\":\"\\\\uFFFE\",\"b\":1", 2)]
    public void Count_is_that_of_the_members_beside_what_only_begins_like_a_mark(string members, int count) => Assert.Equal(count, Count(members));

    private static int Count(string members) => MemberCounter.Count(JsonObject.Create(JsonElement.Parse("{ " + members + " }"))!);
}

using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Tests.Messages;

public sealed class PrunedListingTests
{
    [Theory]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"a"},{"name":"x1"},{"name":"b"}],"nextCursor":"c"}}""", """{"id":1,"result":{"tools":[{"name":"a"},{"name":"b"}],"nextCursor":"c"}}""")]
    [InlineData("""{"result" : { "more":{"tools":[{"name":"x"}]}, "tools" : [ {"name":"x1"} , {"n" : 1.0e0, "name":"a\u0062"} ] } , "id":1 }""", """{"result" : { "more":{"tools":[{"name":"x"}]}, "tools" : [{"n" : 1.0e0, "name":"a\u0062"}] } , "id":1 }""")]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"x"},{"name":"x"}]}}""", """{"id":1,"result":{"tools":[]}}""")]
    [InlineData("""{"id":1,"tools":[],"result":{"t\u006fols":[{"name":"x"}]}}""", """{"id":1,"tools":[],"result":{"t\u006fols":[]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[ {"name":"a"} , {"name":"b"} ]}}""", """{"id":1,"result":{"tools":[ {"name":"a"} , {"name":"b"} ]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[]}}""", """{"id":1,"result":{"tools":[]}}""")]
    public void Of_takes_tools_out_and_leaves_the_rest_as_it_came(string line, string pruned) => Assert.Equal(pruned + "\r\n", Prune(line + "\r\n"));

    [Theory]
    [InlineData("""{"id":1,"result":{"tools":{}}}""")]
    [InlineData("""{"id":1,"result":{"Tools":[]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[],"TOOLS":[{"name":"x"}]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[],"tools":[{"name":"x"}]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"a","name":"x"}]}}""")]
    [InlineData("""{"id":1,"result":{}}""")]
    [InlineData("""{"id":1,"result":[]}""")]
    [InlineData("""{"id":1,"result":null}""")]
    [InlineData("""{"id":1}""")]
    public void Of_passes_nothing_that_two_clients_could_read_in_two_ways(string line) => Assert.Null(Prune(line));

    private static string? Prune(string line) => PrunedListing.Of(Encoding.UTF8.GetBytes(line), IsShown) is { } pruned ? Encoding.UTF8.GetString(pruned.Span) : null;

    private static bool IsShown(JsonElement tool) => !tool.GetProperty("name").GetString()!.StartsWith('x');
}

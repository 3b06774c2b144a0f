using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatAgent;

/// <summary>A chat client that needs no network: it asks for what a script says, and answers when the script is over.</summary>
internal sealed class ScriptedModel(IReadOnlyList<Turn> turns) : IChatClient
{
    private int _next;

    /// <summary>What came back for each turn, as the model reads it.</summary>
    public List<string> Results { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (messages.Last().Contents is [FunctionResultContent result, ..])
        {
            Results.Add(result.Result?.ToString() ?? string.Empty);
        }

        AIContent says = _next < turns.Count
            ? new FunctionCallContent($"call-{_next}", turns[_next].Tool, turns[_next++].Arguments)
            : new TextContent("I gave back what I may; the rest is for people to decide.");
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [says])));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Nothing is held.
    }
}

using Microsoft.Extensions.AI;
using PolicyLayer.Sdk;

namespace ChatAgent;

/// <summary>Asks the model, runs the functions that it asks for, tells it what came back, until it answers.</summary>
internal sealed class AgentLoop(IChatClient model, ToolPolicyFunctionInvoker invoker)
{
    public async Task<string> RunAsync(string question, ChatOptions options, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [new(ChatRole.User, question)];
        while (true)
        {
            ChatResponse response = await model.GetResponseAsync(messages, options, cancellationToken);
            messages.AddRange(response.Messages);
            FunctionCallContent[] calls = [.. response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0)
            {
                return response.Text;
            }

            var results = new List<AIContent>();
            foreach (FunctionCallContent call in calls)
            {
                results.Add(new FunctionResultContent(call.CallId, await InvokeAsync(call, options.Tools ?? [], cancellationToken)));
            }

            messages.Add(new ChatMessage(ChatRole.Tool, results));
        }
    }

    private async Task<object?> InvokeAsync(FunctionCallContent call, IList<AITool> tools, CancellationToken cancellationToken)
    {
        AIFunction? function = tools.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == call.Name);
        if (function is null)
        {
            return $"Error: Requested function \"{call.Name}\" not found.";
        }

        try
        {
            return await invoker.InvokeAsync(function, new AIFunctionArguments(call.Arguments), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return "Error: the function failed."; // what went wrong is the host's to read, not the model's
        }
    }
}

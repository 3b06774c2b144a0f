using ChatAgent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

var services = new ServiceCollection();
services.AddToolPolicies(o => o.AddPolicyFile(Path.Combine(AppContext.BaseDirectory, "policy.json"))).UseApprovalHandler(new Supervisor());
await using ServiceProvider provider = services.BuildServiceProvider();
ToolGuard guard = provider.GetRequiredService<ToolGuard>();
var alice = new Grant("alice"); // whose calls they are, as this host knows it

// What the model is offered: every function guarded, hidden ones left out.
var options = new ChatOptions { Tools = ShopTools.All.WithToolPolicies(guard, alice) };

// Where all calls pass, so that a function which somebody adds past the line above is judged as well.
var invoker = new ToolPolicyFunctionInvoker(guard, o => o.GrantResolver = GrantResolvers.Fixed(alice));

using var model = new ScriptedModel(Script.Turns);
string answer = await new AgentLoop(model, invoker).RunAsync("Order 7 arrived broken, and order 8 came late.", options, CancellationToken.None);
Console.WriteLine($"agent: {answer}");
return Script.Check(options.Tools, model.Results);

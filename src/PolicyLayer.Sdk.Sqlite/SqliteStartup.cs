using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PolicyLayer.Sdk.Sqlite;

/// <summary>Opens the file when the host starts.</summary>
/// <typeparam name="TStore">The store that is kept in it.</typeparam>
internal sealed class SqliteStartup<TStore>(IServiceProvider services) : IValidateOptions<ToolPolicyOptions>
    where TStore : class
{
    public ValidateOptionsResult Validate(string? name, ToolPolicyOptions options)
    {
        try
        {
            _ = services.GetRequiredService<TStore>();
            return ValidateOptionsResult.Success;
        }
        catch (CounterStoreException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}

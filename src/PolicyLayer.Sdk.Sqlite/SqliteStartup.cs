using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PolicyLayer.Sdk.Sqlite;

/// <summary>Opens the file when the host starts.</summary>
internal sealed class SqliteStartup(IServiceProvider services) : IValidateOptions<ToolPolicyOptions>
{
    public ValidateOptionsResult Validate(string? name, ToolPolicyOptions options)
    {
        try
        {
            _ = services.GetRequiredService<SqliteCounterStore>();
            return ValidateOptionsResult.Success;
        }
        catch (CounterStoreException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}

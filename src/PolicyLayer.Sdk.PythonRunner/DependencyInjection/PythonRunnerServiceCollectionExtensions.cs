using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Python;
using PolicyLayer.Sdk.Python.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Python sandbox to a host.</summary>
public static class PythonRunnerServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="PythonRunner"/> for the whole host, which is disposed with it: runs under way and waiting interpreters end.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options; null for the defaults. They are checked when the host starts: a mistake, or an interpreter that is not there, stops it.</param>
    /// <returns>The same services.</returns>
    /// <remarks>
    /// Calling it again adds to the options. Whether this machine isolates as <see cref="PythonRunnerOptions.MinimumIsolation"/>
    /// asks is not looked at here: each run says so, and <see cref="PythonRunner.WarmUpAsync"/> fills the pool ahead of the first.
    /// </remarks>
    public static IServiceCollection AddPythonRunner(this IServiceCollection services, Action<PythonRunnerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<PythonRunnerOptions> options = services.AddOptions<PythonRunnerOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PythonRunnerOptions>, PythonRunnerStartup>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new PythonRunner(
            provider.GetRequiredService<IOptions<PythonRunnerOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

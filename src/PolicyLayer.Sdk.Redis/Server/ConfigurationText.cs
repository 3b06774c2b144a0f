using StackExchange.Redis;

namespace PolicyLayer.Sdk.Redis.Server;

/// <summary>Reads a configuration's text. What is wrong with it is never quoted, for it may hold a password.</summary>
internal static class ConfigurationText
{
    private const int Patience = 1_000;

    public static ConfigurationOptions Read(string configuration)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        try
        {
            ConfigurationOptions options = ConfigurationOptions.Parse(configuration);
            if (options.EndPoints.Count == 0)
            {
                throw new FormatException("it names no server");
            }

            // A connection that cannot be made is made again by the next who asks: soon, unless the host has said how long it takes.
            options.AbortOnConnectFail = true;
            options.ConnectTimeout = configuration.Contains("connectTimeout", StringComparison.OrdinalIgnoreCase) ? options.ConnectTimeout : Patience;
            options.ConnectRetry = 1;

            // Newer drivers ask INFO and CONFIG GET, by which a server says whether it keeps what it confirms, only for those who may do more.
            options.AllowAdmin = true;
            return options;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
#pragma warning disable MA0054 // what the driver says quotes it
            throw new ArgumentException("the configuration is none that StackExchange.Redis understands", nameof(configuration));
#pragma warning restore MA0054
        }
    }
}

using Npgsql;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class UsePostgresHostsTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Hosts_share_the_database_by_a_text_or_a_data_source_of_their_own()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await SharedHosts.AssertShareAsync(builder => builder.UsePostgres(ConnectionString), builder => builder.UsePostgres(_ => source));
        await RunAsync(source, "SELECT 1");
    }
}

using Evenkeel.Platform.Data;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class TenancyTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("organizations")]
    [InlineData("memberships")]
    [InlineData("users")]
    [InlineData("passwords")]
    [InlineData("sessions")]
    [InlineData("refresh_tokens")]
    [InlineData("stream_tickets")]
    [InlineData("timeline_sessions")]
    [InlineData("chat_events")]
    public async Task A_query_that_forgets_the_tenant_sees_nothing(string table)
    {
        var server = shared.Server;
        await FillAsync(server);

        await using var session = await server.Database.OpenSessionAsync(Stop);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table}", session);

        ((long)(await command.ExecuteScalarAsync(Stop))!).ShouldBe(0);
        (await CountAsync(server, DataScope.System, table)).ShouldBeGreaterThan(0, "the table is not empty");
    }

    [Theory]
    [InlineData("organizations", 1)]
    [InlineData("memberships", 1)]
    [InlineData("users", 1)]
    [InlineData("passwords", 0)]
    [InlineData("sessions", 1)]
    [InlineData("refresh_tokens", 1)]
    public async Task A_tenant_sees_its_own_rows_only(string table, int expected)
    {
        var server = shared.Server;
        var first = await server.RegisterAsync();
        await server.RegisterAsync();

        (await CountAsync(server, DataScope.Organization(first.Organization.Id), table)).ShouldBe(expected);
        (await CountAsync(server, DataScope.Organization(Guid.Empty), table)).ShouldBe(0);
    }

    [Fact]
    public async Task A_tenant_cannot_write_into_another()
    {
        var server = shared.Server;
        var first = await server.RegisterAsync();
        var second = await server.RegisterAsync();
        var scope = DataScope.Organization(first.Organization.Id);
        var args = new { other = second.Organization.Id, user = first.User.Id };

        var refusal = await Should.ThrowAsync<PostgresException>(() => server.Database.ExecuteAsync(
            scope, "INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES (@other, @user, 'owner', now())", args, Stop));
        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await server.Database.ExecuteAsync(scope, "UPDATE organizations SET name = 'taken' WHERE id = @other", args, Stop)).ShouldBe(0);
    }

    private static async Task FillAsync(AccountsServer server)
    {
        var person = await server.RegisterAsync();
        await server.PostAsync("/auth/refresh-for-streaming", new { }, person.AccessToken);
        await Timeline.TimelineEntries.AppendAsync(server, Timeline.TimelineEntries.Of(person.Organization.Id, Guid.CreateVersion7()));
    }

    private static Task<int> CountAsync(AccountsServer server, DataScope scope, string table) =>
        server.Database.QueryFirstOrDefaultAsync<int>(scope, $"SELECT count(*)::int FROM {table}", null, Stop);
}

using System.Net;
using Evenkeel.Platform.Data;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class SessionTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    [Theory]
    [InlineData("/auth/refresh")]
    [InlineData("/api/v1/token/refresh")]
    public async Task A_refresh_replaces_both_tokens(string path)
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(14));

        var answer = await RefreshAsync(server, person.RefreshToken, path);

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text("refresh_token").ShouldNotBe(person.RefreshToken);
        server.Clock.Advance(TimeSpan.FromMinutes(14));
        (await server.GetAsync("/auth/me", answer.Text("access_token"))).Status.ShouldBe(HttpStatusCode.OK);
        (await RefreshAsync(server, answer.Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Using_a_refresh_token_twice_revokes_its_whole_family_and_no_other()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var elsewhere = await server.PostAsync("/auth/login", new { email = person.User.Email, password = AccountsServer.Password });
        var second = await RefreshAsync(server, person.RefreshToken);
        var third = await RefreshAsync(server, second.Text("refresh_token"));

        (await RefreshAsync(server, person.RefreshToken)).ErrorCode.ShouldBe("token_invalid");

        (await RefreshAsync(server, third.Text("refresh_token"))).ErrorCode.ShouldBe("token_invalid");
        (await RefreshAsync(server, elsewhere.Text("refresh_token"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_simultaneous_uses_one_wins_and_the_family_is_revoked()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(server, person.RefreshToken)));

        var winner = answers.Where(answer => answer.Status == HttpStatusCode.OK).ShouldHaveSingleItem();
        (await RefreshAsync(server, winner.Text("refresh_token"))).ErrorCode.ShouldBe("token_invalid");
    }

    [Fact]
    public async Task A_refresh_token_waits_thirty_days()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        server.Clock.Advance(TimeSpan.FromDays(29));
        var next = await RefreshAsync(server, person.RefreshToken);
        next.Status.ShouldBe(HttpStatusCode.OK);

        server.Clock.Advance(TimeSpan.FromDays(31));

        (await RefreshAsync(server, next.Text("refresh_token"))).ErrorCode.ShouldBe("token_invalid");
    }

    [Theory]
    [InlineData("never-issued")]
    [InlineData("'; DROP TABLE sessions; --")]
    [InlineData("nul\0")]
    public async Task Unknown_refresh_tokens_are_invalid(string token)
    {
        var server = shared.Server;

        (await RefreshAsync(server, token)).ErrorCode.ShouldBe("token_invalid");
    }

    [Fact]
    public async Task A_missing_refresh_token_is_named()
    {
        var server = shared.Server;

        (await server.PostAsync("/auth/refresh", new { })).Fields.ShouldBe(["refresh_token"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logging_out_ends_the_session_by_either_token(bool byRefreshToken)
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();

        var answer = byRefreshToken
            ? await server.PostAsync("/auth/logout", new { refresh_token = person.RefreshToken })
            : await server.PostAsync("/auth/logout", new { }, person.AccessToken);

        answer.Status.ShouldBe(HttpStatusCode.NoContent);
        (await RefreshAsync(server, person.RefreshToken)).ErrorCode.ShouldBe("token_invalid");
        (await server.PostAsync("/auth/logout", new { refresh_token = person.RefreshToken })).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Logging_out_without_any_token_asks_for_one()
    {
        var server = shared.Server;

        (await server.PostAsync("/auth/logout", new { })).ErrorCode.ShouldBe("auth_required");
    }

    [Fact]
    public async Task Refresh_tokens_are_not_stored_in_clear()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();

        var rows = await server.Database.QueryAsync<string>(DataScope.System, "SELECT t::text FROM refresh_tokens t", null, TestContext.Current.CancellationToken);

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => !row.Contains(person.RefreshToken, StringComparison.Ordinal));
    }

    private static Task<Answer> RefreshAsync(AccountsServer server, string refreshToken, string path = "/auth/refresh") =>
        server.PostAsync(path, new { refresh_token = refreshToken });
}

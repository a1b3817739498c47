using System.Net;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Accounts;

public sealed class StreamTicketTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_stands_for_its_caller_once()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var tickets = server.Services.GetRequiredService<IStreamTickets>();
        var check = await CheckAsync(server, person);
        check.Status.ShouldBe(HttpStatusCode.OK);
        ((bool)check.Body!["valid"]!).ShouldBeTrue();
        ((bool)check.Body["should_refresh"]!).ShouldBeFalse();
        ((int)check.Body["token_expires_in_seconds"]!).ShouldBe(900);
        ((int)check.Body["ticket_expires_in_seconds"]!).ShouldBe(60);

        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tickets.RedeemAsync(check.Text("stream_ticket"), Stop)));

        var caller = uses.OfType<Caller>().ShouldHaveSingleItem();
        caller.ShouldBe(server.Services.GetRequiredService<IAccessTokens>().Check(person.AccessToken).Caller);
    }

    [Fact]
    public async Task A_ticket_waits_sixty_seconds()
    {
        var server = shared.Server;
        var ticket = (await CheckAsync(server, await server.RegisterAsync())).Text("stream_ticket");

        server.Clock.Advance(TimeSpan.FromSeconds(60));

        (await server.Services.GetRequiredService<IStreamTickets>().RedeemAsync(ticket, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Shortly_before_the_end_of_the_token_a_refresh_is_advised()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();

        server.Clock.Advance(TimeSpan.FromSeconds(841));

        ((bool)(await CheckAsync(server, person)).Body!["should_refresh"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Logging_out_takes_tickets_back_and_gives_no_more()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var ticket = (await CheckAsync(server, person)).Text("stream_ticket");

        await server.PostAsync("/auth/logout", new { refresh_token = person.RefreshToken });

        (await server.Services.GetRequiredService<IStreamTickets>().RedeemAsync(ticket, Stop)).ShouldBeNull();
        (await CheckAsync(server, person)).ErrorCode.ShouldBe("token_invalid");
    }

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("nul\0")]
    public async Task Unknown_tickets_are_nobody(string ticket)
    {
        var server = shared.Server;

        (await server.Services.GetRequiredService<IStreamTickets>().RedeemAsync(ticket, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Tickets_are_not_stored_in_clear()
    {
        var server = shared.Server;
        var ticket = (await CheckAsync(server, await server.RegisterAsync())).Text("stream_ticket");

        var rows = await server.Database.QueryAsync<string>(DataScope.System, "SELECT t::text FROM stream_tickets t", null, Stop);

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => !row.Contains(ticket, StringComparison.Ordinal));
    }

    private static Task<Answer> CheckAsync(AccountsServer server, SignedInResponse person) =>
        server.PostAsync("/auth/refresh-for-streaming", new { }, person.AccessToken);
}

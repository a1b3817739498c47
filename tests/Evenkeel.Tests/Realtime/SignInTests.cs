using Evenkeel.Contracts;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class SignInTests
{
    [Fact]
    public async Task A_token_that_ran_out_closes_with_4401_and_says_so()
    {
        await using var server = await RealtimeServer.StartAsync();
        var token = server.People.Token(lifetime: TimeSpan.FromSeconds(5));
        server.Time.Advance(TimeSpan.FromSeconds(6));
        await using var client = await server.ConnectAsync(Guid.CreateVersion7(), token: token);

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired);
        client.CloseReason.Text("error_code").ShouldBe("token_expired");
    }

    [Theory]
    [InlineData("not.a.token")]
    [InlineData("unknown-ticket")]
    public async Task A_bad_token_closes_with_4401(string token)
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await server.ConnectAsync(Guid.CreateVersion7(), token: token);

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired);
        client.CloseReason.Text("error_code").ShouldBe("token_invalid");
    }

    [Fact]
    public async Task A_ticket_opens_one_connection()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        var ticket = server.People.Ticket();
        await using var first = await server.ConnectAsync(thread, token: ticket);
        await first.ReadAsync("connected");
        await using var second = await server.ConnectAsync(thread, token: ticket);

        (await second.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired);
    }

    [Fact]
    public async Task The_first_frame_may_carry_the_token()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var client = await server.ConnectAsync(thread, afterSeq: 0, signIn: false);
        await client.SendAsync(new { type = "auth", token = server.People.Token() });

        (await client.ReadAsync("connected")).GetProperty("recovered").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Any_other_first_frame_closes_with_4401()
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await server.ConnectAsync(Guid.CreateVersion7(), signIn: false);
        await client.SendAsync(new { type = "send", message = "hello" });

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired);
        client.CloseReason.Text("error_code").ShouldBe("auth_required");
        server.Threads.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_never_signs_in_is_closed()
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await server.ConnectAsync(Guid.CreateVersion7(), signIn: false);
        await server.ConnectionsAsync(1);
        server.Time.Advance(TimeSpan.FromSeconds(12));

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired);
    }

    [Fact]
    public async Task An_open_connection_ends_with_its_token_unless_the_token_is_renewed()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var renewed = await server.ConnectAsync(thread, token: server.People.Token(lifetime: TimeSpan.FromSeconds(60)));
        await using var forgotten = await server.ConnectAsync(thread, token: server.People.Token(lifetime: TimeSpan.FromSeconds(60)));
        await renewed.ReadAsync("connected");
        await forgotten.ReadAsync("connected");
        await renewed.SendAsync(new { type = "auth", token = server.People.Token() });
        (await renewed.ReadAsync("token_renewed")).Number("expires_in_seconds").ShouldBe(900);
        server.Time.Advance(TimeSpan.FromSeconds(62));

        (await forgotten.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired);
        forgotten.CloseReason.Text("error_code").ShouldBe("token_expired");
        server.Broadcast.PublishDurable(thread, server.Threads.Commit(thread, Guid.CreateVersion7(), "still here"), 1);
        (await renewed.ReadAsync("chat_message")).Text("text").ShouldBe("still here");
    }

    [Fact]
    public async Task Somebody_elses_token_does_not_renew()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var client = await server.ConnectAsync(thread);
        await client.SendAsync(new { type = "auth", token = server.People.Token(TestPeople.NewCaller(server.Time)) });

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.Forbidden);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thread_that_is_not_there_and_one_of_another_tenant_look_the_same(bool exists)
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = exists ? server.Threads.NewThread(Guid.CreateVersion7()) : Guid.CreateVersion7();
        await using var client = await server.ConnectAsync(thread);

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.NotFound);
        client.CloseReason.Text("error_code").ShouldBe("not_found");
    }

    [Fact]
    public async Task A_user_has_a_limited_number_of_connections()
    {
        await using var server = await RealtimeServer.StartAsync(("MaxConnectionsPerUser", "1"));
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var first = await server.ConnectAsync(thread);
        await first.ReadAsync("connected");
        await using var second = await server.ConnectAsync(thread);

        (await second.ReadToCloseAsync()).ShouldBe(CloseCode.TooMany);
        second.CloseReason.Number("retry_after_s").ShouldBe(10);
    }

    [Fact]
    public async Task A_full_server_says_when_to_come_back()
    {
        await using var server = await RealtimeServer.StartAsync(("MaxConnections", "1"));
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var first = await server.ConnectAsync(thread);
        await first.ReadAsync("connected");
        await using var second = await server.ConnectAsync(thread);

        (await second.ReadToCloseAsync()).ShouldBe(CloseCode.Overloaded);
        second.CloseReason.Number("retry_after_s").ShouldBe(5);
    }

    [Fact]
    public async Task A_server_that_stops_says_good_bye_to_everybody()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var first = await server.ConnectAsync(thread);
        await using var second = await server.ConnectAsync(thread);
        await first.ReadAsync("connected");
        await second.ReadAsync("connected");
        var stop = server.StopAsync();

        (await first.ReadToCloseAsync()).ShouldBe(CloseCode.GoingAway);
        (await second.ReadToCloseAsync()).ShouldBe(CloseCode.GoingAway);
        await stop.WaitAsync(SocketClient.Patience, TestContext.Current.CancellationToken);
    }
}

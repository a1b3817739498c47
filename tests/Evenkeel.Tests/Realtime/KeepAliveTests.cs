using Evenkeel.Contracts;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task Every_connection_is_pinged_every_15_seconds_of_its_life()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var client = await server.ConnectAsync(thread);
        await client.ReadAsync("connected");
        var pings = new List<DateTimeOffset>();
        for (var second = 0; second < 60; second++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var count = 0; count < 4; count++)
        {
            var frame = (await client.ReadAsync())!.Value;
            frame.Type().ShouldBe("ping");
            pings.Add(frame.GetProperty("timestamp").GetDateTimeOffset());
        }

        pings.Zip(pings.Skip(1), (first, second) => second - first).ShouldAllBe(pause => pause == TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_client_that_stops_answering_is_closed_with_4408()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var client = await server.ConnectAsync(thread);
        await client.ReadAsync("connected");
        await client.SendAsync(new { type = "pong" });
        await client.SendAsync(new { type = "nonsense" });
        await client.ReadAsync("command_error");
        // While nobody reads, the client library does not answer protocol pings either: a frozen page.
        server.Time.Advance(TimeSpan.FromSeconds(77));

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.Stale);
    }
}

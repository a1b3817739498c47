using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Harness;

public sealed class TestBrokerTests
{
    [Fact]
    public async Task A_broker_that_was_killed_starts_again_where_it_was()
    {
        await using var broker = await TestBroker.StartNewAsync();
        var address = new Uri(broker.Url);

        broker.Kill();
        using (var refused = new TcpClient())
        {
            await Should.ThrowAsync<SocketException>(() => refused.ConnectAsync(address.Host, address.Port));
        }

        await broker.StartAsync(TestContext.Current.CancellationToken);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync("AMQP\0\0\t\u0001"u8.ToArray(), TestContext.Current.CancellationToken);
        client.GetStream().ReadByte().ShouldBe(1, "a method frame");
    }
}

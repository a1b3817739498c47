using Evenkeel.Platform.Health;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Fanout;

/// <summary>Whether the broker is connected, and what to do when it is not.</summary>
internal sealed class BrokerHealth(IOptions<FanoutOptions> options, BrokerState state) : IHealthContributor
{
    private const string Fix =
        "Start RabbitMQ, or correct Fanout__RabbitMq__Url (user, password, virtual host). Until then answers of other processes arrive from the database within about a second, not word by word.";

    /// <inheritdoc/>
    public string Name => "broker";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        if (!options.Value.IsRabbitMq)
        {
            return [];
        }

        var place = RabbitLink.FactoryFor(options.Value.RabbitMq).Endpoint;
        if (asker == HealthAsker.Doctor)
        {
            return [await ConnectAsync(cancellationToken)];
        }

        var now = state.Now;
        return now.IsConnected
            ? [HealthCheck.Ok(Name, $"connected to {place.HostName}:{place.Port}")]
            : [HealthCheck.Degraded(Name, $"{place.HostName}:{place.Port} is away since {now.Since:HH:mm:ss} UTC: {now.Reason}", Fix)];
    }

    private async Task<HealthCheck> ConnectAsync(CancellationToken cancellationToken)
    {
        var factory = RabbitLink.FactoryFor(options.Value.RabbitMq);
        var place = $"{factory.Endpoint.HostName}:{factory.Endpoint.Port}";
        try
        {
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
            return HealthCheck.Ok(Name, $"RabbitMQ at {place} answers");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheck.Degraded(Name, $"{place}: {RabbitLink.WordsOf(exception)}", Fix);
        }
    }
}

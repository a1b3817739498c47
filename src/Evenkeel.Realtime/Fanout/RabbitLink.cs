using System.Net.Sockets;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Evenkeel.Realtime.Fanout;

/// <summary>
/// Keeps this process connected to the broker: a session after another, with a growing pause between tries. Nothing waits for it: without a
/// session the outbox drops, and the database is looked at instead.
/// </summary>
internal sealed partial class RabbitLink(
    RabbitParts parts, BrokerState state, IOptions<FanoutOptions> options, IHostApplicationLifetime lifetime, ILogger<RabbitLink> logger)
    : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly RabbitTopology _topology = new(options.Value.RabbitMq.Exchange);
    private bool _wasConnected;
    private int _failures;

    /// <summary>How to connect; its own recovery is off, for it would not know what to look up in the database.</summary>
    public static ConnectionFactory FactoryFor(RabbitMqOptions options) => new()
    {
        Uri = new Uri(options.Url),
        ClientProvidedName = $"evenkeel {Environment.MachineName} {Environment.ProcessId}",
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(5),
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        HandshakeContinuationTimeout = TimeSpan.FromSeconds(5),
        ContinuationTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>What the client library or the broker says, which is about addresses and rights.</summary>
    public static string WordsOf(Exception exception) => Redaction.Patterns((exception.InnerException ?? exception).Message);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await StartedAsync(stoppingToken))
        {
            return;
        }

        var factory = FactoryFor(options.Value.RabbitMq);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var reason = await RunSessionAsync(factory, stoppingToken);
                Lost(reason, null);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException
                or IOException or SocketException or TimeoutException or OperationCanceledException or RabbitMQClientException)
            {
                Lost(WordsOf(exception), exception);
            }

            await PauseAsync(stoppingToken);
        }
    }

    private async Task<string> RunSessionAsync(ConnectionFactory factory, CancellationToken stopping)
    {
        await using var session = await RabbitSession.OpenAsync(parts, _topology, factory, stopping);
        parts.Metrics.Connected(_wasConnected);
        state.Connected();
        Log.Connected(logger, factory.Endpoint.HostName, factory.Endpoint.Port, _failures);
        (_wasConnected, _failures) = (true, 0);
        return await session.RunAsync(stopping);
    }

    private void Lost(string reason, Exception? exception)
    {
        parts.Metrics.Disconnected();
        state.Lost(reason);
        // The first failure of a series; health and metrics tell the rest.
        if (_failures++ == 0)
        {
            Log.Lost(logger, exception, new SafeText(reason));
        }
    }

    private async Task PauseAsync(CancellationToken stopping)
    {
#pragma warning disable RS0030 // jitter needs no seed
        var jitter = 0.5 + Random.Shared.NextDouble();
#pragma warning restore RS0030
        var pause = ShortestPause * Math.Pow(2, Math.Min(_failures, 10)) * jitter;
        try
        {
            await Task.Delay(pause < LongestPause ? pause : LongestPause, parts.Time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition sees it.
        }
    }

    /// <summary>After everything has started: the worker has then attached itself.</summary>
    private async Task<bool> StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStop = stopping.Register(() => started.TrySetCanceled(stopping));
        try
        {
            await started.Task;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "broker_connected", Message = "Connected to the broker at {Host}:{Port} (after {Failures} failed tries)")]
        public static partial void Connected(ILogger logger, string host, int port, int failures);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "broker_lost", Message = "The broker is away ({Reason}): live frames of other processes are missing, everything durable is read from the database. Trying again")]
        public static partial void Lost(ILogger logger, Exception? exception, SafeText reason);
    }
}

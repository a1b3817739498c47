using RabbitMQ.Client;

namespace Evenkeel.Realtime.Fanout;

/// <summary>
/// What is declared at the broker, anew at every connection.
/// <list type="bullet">
/// <item><c>{name}.frames</c>, a direct exchange with the thread's id as the routing key. A process binds its queue for the threads of which it
/// has connections and for no others: a frame costs each process nothing that nobody there watches, and an unwatched thread's frames end at
/// the exchange. (A fan-out exchange would send every token to every node; a topic exchange matches patterns that nobody needs.)</item>
/// <item><c>{name}.control</c>, a direct exchange with two keys: <c>all</c> (a thread was deleted, somebody dropped messages) and
/// <c>workers</c> (stop a turn, text wanted).</item>
/// <item>One queue per process, exclusive and gone with its connection: what a process misses while it is away it reads from the database, so
/// nothing has to be kept for it. Bounded: of a process that does not take its messages the oldest are dropped, not the broker's memory.</item>
/// <item><c>{name}.wake</c>, one queue that all workers share: a turn that waits wakes one of them, not all. A wake-up that nobody takes within a
/// second is worth nothing, for the workers' polls were faster.</item>
/// </list>
/// Nothing is persistent or confirmed: the row in the database is the truth, and these are the news of it.
/// </summary>
internal sealed class RabbitTopology(string name)
{
    private const int MostWaiting = 20_000;

    public string Frames { get; } = $"{name}.frames";

    public string Control { get; } = $"{name}.control";

    public string WakeQueue { get; } = $"{name}.wake";

    public static string AllKey => "all";

    public static string WorkersKey => "workers";

    /// <summary>The routing key of a thread.</summary>
    public static string KeyOf(Guid threadId) => threadId.ToString("N");

    /// <summary>Declares everything and gives the name of this process's queue.</summary>
    public async Task<string> DeclareAsync(IChannel channel, bool hasWorker, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(Frames, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(Control, ExchangeType.Direct, durable: true, cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(
            "", durable: false, exclusive: true, autoDelete: true,
            new Dictionary<string, object?> { ["x-max-length"] = MostWaiting }, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue.QueueName, Control, AllKey, cancellationToken: cancellationToken);
        if (hasWorker)
        {
            await channel.QueueBindAsync(queue.QueueName, Control, WorkersKey, cancellationToken: cancellationToken);
            await channel.QueueDeclareAsync(
                WakeQueue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-max-length"] = 256, ["x-message-ttl"] = 1_000, ["x-expires"] = 3_600_000 },
                cancellationToken: cancellationToken);
        }

        return queue.QueueName;
    }

    /// <summary>Exchange and routing key of a message; the unnamed exchange leads to the queue of that name.</summary>
    public (string Exchange, string Key) RouteOf(FanoutMessage message) => message switch
    {
        { ToQueue: { } queue } => ("", queue),
        { Kind: FanoutKind.Frame } => (Frames, KeyOf(message.Subject)),
        { Kind: FanoutKind.Wake } => ("", WakeQueue),
        { Kind: FanoutKind.StopTurn or FanoutKind.SnapshotWanted } => (Control, WorkersKey),
        _ => (Control, AllKey),
    };
}

using Evenkeel.Bench.Clients;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Connections;

/// <summary>Bytes of one idle socket.</summary>
/// <param name="Memory">Of the process (PSS), after a collection.</param>
/// <param name="Heap">Of the managed heap; null where the server does not tell.</param>
internal sealed record IdleFigures(double Memory, double? Heap)
{
    public static IdleFigures Median(IReadOnlyCollection<IdleFigures> rounds) => new(
        Medians.Of(rounds.Select(round => round.Memory)),
        rounds.All(round => round.Heap is null) ? null : Medians.Of(rounds.Select(round => round.Heap ?? 0)));
}

/// <summary>What a socket costs that says nothing: the growth of the process by 2,000 of them.</summary>
internal static class IdleSockets
{
    public const int Sockets = 2_000;
    private const int WarmUp = 300;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>One server of ours or for comparison, fresh; every socket on a conversation of its own.</summary>
    public static async Task<IdleFigures> OfAsync(SubjectKind kind)
    {
        await using var subject = await Subject.StartAsync(kind);
        var threads = Enumerable.Range(0, Sockets).Select(_ => Guid.CreateVersion7()).ToArray();
        return await GrowthAsync(subject.Id, subject.HeapAsync, index => kind.ConnectAsync(subject.Address, threads[index]));
    }

    /// <summary>The whole server with its database; every socket on a conversation of its own, which has a question and an answer.</summary>
    public static async Task<IdleFigures> OfEvenkeelAsync(EvenkeelProcess server)
    {
        var token = (await Registration.RunAsync(server.Address, 1))[0];
        using var client = await RawHttp.ConnectAsync(server.Address);
        var threads = new List<Guid>();
        for (var index = 0; index < Sockets; index++)
        {
            threads.Add(await Conversation.StartAsync(client, server.Address, token));
        }

        await Conversation.AllAnsweredAsync(server.Address, token, threads[^1]);
        return await GrowthAsync(
            server.Id, heap: null, index => RawWebSocket.ConnectAsync(server.Address, $"/ws/chat/{threads[index]}?after_seq=2", token, bufferBytes: 1024));
    }

    private static async Task<IdleFigures> GrowthAsync(int processId, Func<Task<long>>? heap, Func<int, Task<RawWebSocket>> connect)
    {
        // Code, pools and tables grow with the first connections only; they are not what one more socket costs.
        Close(await OpenAsync(WarmUp, connect));
        var before = await ReadAsync(processId, heap);
        var sockets = await OpenAsync(Sockets, connect);
        var after = await ReadAsync(processId, heap);
        Close(sockets);
        return new IdleFigures((after.Memory - before.Memory) / Sockets, (after.Heap - before.Heap) / Sockets);
    }

    private static async Task<IdleFigures> ReadAsync(int processId, Func<Task<long>>? heap)
    {
        await Task.Delay(Settling);
        // Twice: what the first collection finalizes, the second frees.
        await Collection.ForceAsync(processId);
        await Collection.ForceAsync(processId);
        return new IdleFigures(ProcessFigures.MemoryOf(processId).Proportional, heap is null ? null : await heap());
    }

    private static async Task<List<RawWebSocket>> OpenAsync(int count, Func<int, Task<RawWebSocket>> connect)
    {
        var sockets = new List<RawWebSocket>(count);
        for (var index = 0; index < count; index++)
        {
            sockets.Add(await connect(index));
        }

        return sockets;
    }

    private static void Close(List<RawWebSocket> sockets) => sockets.ForEach(socket => socket.Dispose());
}

using System.Collections.Concurrent;
using Evenkeel.Knowledge;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// The indexes of all chatbots asked lately. An index is built at the first question, again at the first question after its knowledge
/// changed, once however many ask at the same time, and dropped when others need the memory.
/// </summary>
internal sealed partial class PassageIndexes(
    IKnowledgeReader knowledge, IKnowledgeVersions versions, IOptions<SearchOptions> options, TimeProvider time, ILogger<PassageIndexes> logger)
{
    private const int MostLoads = 3;

    private readonly ConcurrentDictionary<Key, Slot> _slots = new();
    private readonly Lock _eviction = new();

    /// <summary>The index of the chatbot's knowledge as it stands now.</summary>
    public async ValueTask<PassageIndex> CurrentAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken)
    {
        var key = new Key(organizationId, chatbotId);
        var version = await versions.CurrentAsync(organizationId, chatbotId, cancellationToken);
        var slot = _slots.GetOrAdd(key, static _ => new Slot());
        slot.LastUsed = time.GetTimestamp();
        // A load that began before the change may bring the older version: then once more. Never for ever: a restored database may
        // have gone back.
        for (var load = 0; load < MostLoads && !(slot.Built?.Version >= version); load++)
        {
            await slot.LoadOnceAsync(() => LoadAsync(key, slot)).WaitAsync(cancellationToken);
        }

        return slot.Built!.Index;
    }

    private async Task LoadAsync(Key key, Slot slot)
    {
        var begin = time.GetTimestamp();
        var builder = new PassageIndexBuilder();
        // Not the caller's token: others may wait for the same index.
        var version = await knowledge.ReadAsync(key.OrganizationId, key.ChatbotId, builder.Add, CancellationToken.None);
        var index = builder.Build();
        slot.Built = new Built(version, index);
        Log.Built(logger, key.ChatbotId, index.Passages.Count, index.Bytes, time.GetElapsedTime(begin).TotalMilliseconds);
        Evict(except: key);
    }

    private void Evict(Key except)
    {
        lock (_eviction)
        {
            var total = _slots.Values.Sum(slot => slot.Bytes);
            foreach (var (key, slot) in _slots.Where(entry => entry.Key != except).OrderBy(entry => entry.Value.LastUsed))
            {
                if (total <= options.Value.IndexBytes)
                {
                    return;
                }

                total -= slot.Bytes;
                _slots.TryRemove(key, out _);
            }
        }
    }

    private readonly record struct Key(Guid OrganizationId, Guid ChatbotId);

    private sealed record Built(long Version, PassageIndex Index);

    private sealed class Slot
    {
        private const long BytesOfEmptySlot = 1_000;

        private readonly Lock _lock = new();
        private Task _loading = Task.CompletedTask;
        private volatile Built? _built;
        private long _lastUsed;

        public Built? Built
        {
            get => _built;
            set => _built = value;
        }

        public long LastUsed
        {
            get => Interlocked.Read(ref _lastUsed);
            set => Interlocked.Exchange(ref _lastUsed, value);
        }

        public long Bytes => BytesOfEmptySlot + (_built?.Index.Bytes ?? 0);

        /// <summary>Starts a load, or joins the one under way.</summary>
        public Task LoadOnceAsync(Func<Task> load)
        {
            lock (_lock)
            {
                if (_loading.IsCompleted)
                {
                    _loading = Task.Run(load);
                }

                return _loading;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Index of chatbot {ChatbotId} built: {Passages} passages, {Bytes} bytes, {Milliseconds} ms")]
        public static partial void Built(ILogger logger, Guid chatbotId, int passages, long bytes, double milliseconds);
    }
}

using System.Collections.Concurrent;
using Evenkeel.Knowledge;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// The indexes of all chatbots asked lately. An index is built at the first question; at the first question after a change of its knowledge
/// only the change is read, once however many ask at the same time. It is dropped when others need the memory.
/// </summary>
internal sealed partial class PassageIndexes(
    IKnowledgeReader knowledge, IKnowledgeVersions versions, IOptions<SearchOptions> options, TimeProvider time, ILogger<PassageIndexes> logger)
{
    private const int MostLoads = 3;

    private readonly ConcurrentDictionary<Key, Slot> _slots = new();
    private readonly Lock _eviction = new();

    /// <summary>How passages are ranked.</summary>
    public RankingWeights Weights { get; init; } = RankingWeights.Default;

    /// <summary>The index of the chatbot's knowledge as it stands now.</summary>
    public async ValueTask<PassageIndex> CurrentAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken)
    {
        var key = new Key(organizationId, chatbotId);
        var version = await versions.CurrentAsync(organizationId, chatbotId, cancellationToken);
        var slot = _slots.GetOrAdd(key, _ => new Slot(PassageIndex.Empty(Weights)));
        slot.LastUsed = time.GetTimestamp();
        // A load that began before the change may bring the older version: then once more. Never for ever: a restored database may
        // have gone back.
        for (var load = 0; load < MostLoads && slot.Index.Version < version; load++)
        {
            await slot.LoadOnceAsync(() => LoadAsync(key, slot)).WaitAsync(cancellationToken);
        }

        return slot.Index;
    }

    /// <summary>The same, where an index has turned out to name passages that are gone: the version that is remembered is not trusted.</summary>
    public ValueTask<PassageIndex> RenewedAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken)
    {
        versions.Doubt(chatbotId);
        return CurrentAsync(organizationId, chatbotId, cancellationToken);
    }

    /// <summary>Completes when no segments of the chatbot's index are being merged.</summary>
    internal Task MergedAsync(Guid organizationId, Guid chatbotId) =>
        _slots.TryGetValue(new Key(organizationId, chatbotId), out var slot) ? slot.Merging : Task.CompletedTask;

    private async Task LoadAsync(Key key, Slot slot)
    {
        var begin = time.GetTimestamp();
        // Not the caller's token: others may wait for the same index.
        var state = await knowledge.ReadStateAsync(key.OrganizationId, key.ChatbotId, CancellationToken.None);
        var missing = slot.Index.Missing(state);
        var added = missing.Count == 0 ? null : await ReadAsync(key, missing, isFirst: slot.Index.Views.Count == 0);
        slot.Change(index => index.Next(state, added));
        Log.Built(logger, key.ChatbotId, slot.Index.Count, added?.Count ?? 0, slot.Index.Bytes, time.GetElapsedTime(begin).TotalMilliseconds);
        slot.MergeInBackground(Weights);
        Evict(except: key);
    }

    private async Task<Segment> ReadAsync(Key key, List<LiveDocument> documents, bool isFirst)
    {
        var builder = new SegmentBuilder(Weights);
        var wanted = documents.Select(document => new SegmentDocument(document.Id, document.Revision)).ToHashSet();
        foreach (var document in wanted)
        {
            builder.AddDocument(document);
        }

        await knowledge.ReadPassagesAsync(
            key.OrganizationId,
            key.ChatbotId,
            isFirst ? null : documents,
            passage =>
            {
                // What came after the state was read is of a later version.
                if (wanted.Contains(new SegmentDocument(passage.DocumentId, passage.Revision)))
                {
                    builder.Add(passage);
                }
            },
            CancellationToken.None);
        return builder.Build();
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

    private sealed class Slot(PassageIndex index)
    {
        private readonly Lock _lock = new();
        private Task _loading = Task.CompletedTask;
        private volatile PassageIndex _index = index;
        private long _lastUsed;

        public PassageIndex Index => _index;

        public Task Merging { get; private set; } = Task.CompletedTask;

        public long LastUsed
        {
            get => Interlocked.Read(ref _lastUsed);
            set => Interlocked.Exchange(ref _lastUsed, value);
        }

        public long Bytes => _index.Bytes;

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

        public void Change(Func<PassageIndex, PassageIndex> next)
        {
            lock (_lock)
            {
                _index = next(_index);
            }
        }

        /// <summary>Merges small segments where there are many; questions and changes go on meanwhile.</summary>
        public void MergeInBackground(RankingWeights weights)
        {
            lock (_lock)
            {
                var before = _index;
                if (Merging.IsCompleted && MergeSegments.Plan(before) is { Count: > 0 } plan)
                {
                    Merging = Task.Run(() =>
                    {
                        var merged = MergeSegments.Run(plan, weights);
                        // A change that came in between is not lost: then the merge is, and is planned again at the next change.
                        Change(index => index.WithMerged(plan, merged) ?? index);
                    });
                }
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug,
            Message = "Index of chatbot {ChatbotId} read: {Passages} passages, {Added} of them new, {Bytes} bytes, {Milliseconds} ms")]
        public static partial void Built(ILogger logger, Guid chatbotId, int passages, int added, long bytes, double milliseconds);
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Vectors.Exact;

/// <summary>The vectors of the chatbots asked lately, within the bound of <c>Search__VectorMegabytes</c>.</summary>
internal sealed class VectorMemory(IOptions<VectorOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Guid Organization, Guid Chatbot), Slot> _slots = new();
    private readonly Lock _eviction = new();

    /// <summary>Bytes held now.</summary>
    public long Bytes => _slots.Values.Sum(slot => slot.Vectors?.Bytes ?? 0);

    /// <summary>Whether so many bytes are within the bound at all.</summary>
    public bool Fits(long bytes) => bytes <= options.Value.VectorBytes;

    /// <summary>The place of a chatbot, marked as used now.</summary>
    public Slot Use(Guid organizationId, Guid chatbotId)
    {
        var slot = _slots.GetOrAdd((organizationId, chatbotId), static _ => new Slot());
        slot.LastUsed = time.GetTimestamp();
        return slot;
    }

    /// <summary>Makes room for what <paramref name="keep"/> has just got: the least recently used go.</summary>
    public void MakeRoom(Slot keep)
    {
        lock (_eviction)
        {
            var total = Bytes;
            foreach (var (key, slot) in _slots.Where(entry => entry.Value != keep).OrderBy(entry => entry.Value.LastUsed))
            {
                if (total <= options.Value.VectorBytes)
                {
                    return;
                }

                total -= slot.Vectors?.Bytes ?? 0;
                _slots.TryRemove(key, out _);
            }
        }
    }

    internal sealed class Slot
    {
        private ChatbotVectors? _vectors;
        private long _lastUsed;
        private long _checkedAt;

        /// <summary>One load at a time; whoever comes meanwhile waits for it and finds it done.</summary>
        public SemaphoreSlim Loading { get; } = new(1);

        public ChatbotVectors? Vectors
        {
            get => Volatile.Read(ref _vectors);
            set => Volatile.Write(ref _vectors, value);
        }

        public long LastUsed
        {
            get => Interlocked.Read(ref _lastUsed);
            set => Interlocked.Exchange(ref _lastUsed, value);
        }

        /// <summary>When the database was asked last whether vectors were added.</summary>
        public long CheckedAt
        {
            get => Interlocked.Read(ref _checkedAt);
            set => Interlocked.Exchange(ref _checkedAt, value);
        }

        /// <summary>Live passages with a vector where there are too many to hold, at the state <see cref="RefusedAt"/>.</summary>
        public int Refused { get; set; }

        public VectorState? RefusedAt { get; set; }
    }
}

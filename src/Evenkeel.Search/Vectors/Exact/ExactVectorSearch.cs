using Evenkeel.Knowledge;
using Evenkeel.Models;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Vectors.Exact;

/// <summary>
/// Compares the question with every vector of the chatbot, in memory: nothing is missed, and nothing but PostgreSQL is needed. Vectors are read at the first
/// question and then document by document as they change.
/// </summary>
internal sealed partial class ExactVectorSearch(
    ReadVectors read, VectorMemory memory, IKnowledgeVersions versions, IEmbeddings embeddings, TimeProvider time, ILogger<ExactVectorSearch> logger)
    : IVectorSearch
{
    /// <summary>How long new vectors may stay unseen. What is deleted or replaced is seen by the version, at once in this process.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>Passages read with one statement: some megabytes of vectors, which are in memory twice meanwhile.</summary>
    private const int MostPassages = 5_000;

    public async Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct)
    {
        var slot = memory.Use(organizationId, chatbotId);
        var version = await versions.CurrentAsync(organizationId, chatbotId, ct);
        if (!IsCurrent(slot, version))
        {
            await slot.Loading.WaitAsync(ct);
            try
            {
                if (!IsCurrent(slot, version))
                {
                    await RefreshAsync(slot, organizationId, chatbotId, ct);
                }
            }
            finally
            {
                slot.Loading.Release();
            }
        }

        return slot.Vectors is { } vectors
            ? new VectorAnswer(vectors.Find(question, limit), vectors.Passages)
            : VectorAnswer.None with { PassagesWithVectors = slot.Refused, Refusal = VectorAnswer.TooLarge };
    }

    private bool IsCurrent(VectorMemory.Slot slot, long version) =>
        (slot.Vectors?.State ?? slot.RefusedAt) is { } state && state.Space == embeddings.Space && state.Version >= version
        && time.GetElapsedTime(slot.CheckedAt) < CheckInterval;

    private async Task RefreshAsync(VectorMemory.Slot slot, Guid organizationId, Guid chatbotId, CancellationToken ct)
    {
        var (begin, space) = (time.GetTimestamp(), embeddings.Space);
        // Asked before the vectors are read: they may be newer than it says, never older.
        var state = await read.StateAsync(organizationId, chatbotId, space, ct);
        if ((slot.Vectors?.State ?? slot.RefusedAt) is not { } seen || !seen.IsAsNewAs(state))
        {
            var (kept, missing) = await read.CompareAsync(organizationId, chatbotId, space, slot.Vectors, ct);
            var passages = kept.Concat(missing).Sum(document => document.Embedded);
            if (memory.Fits((long)passages * embeddings.Dimensions * sizeof(float)))
            {
                await LoadAsync(slot, organizationId, new ChatbotVectors(state, kept), missing, ct);
                Log.Loaded(logger, chatbotId, passages, missing.Count, time.GetElapsedTime(begin).TotalMilliseconds);
            }
            else
            {
                (slot.Vectors, slot.Refused, slot.RefusedAt) = (null, passages, state);
                Log.TooLarge(logger, chatbotId, passages);
            }
        }

        slot.CheckedAt = time.GetTimestamp();
    }

    private async Task LoadAsync(VectorMemory.Slot slot, Guid organizationId, ChatbotVectors kept, List<DocumentVectors> missing, CancellationToken ct)
    {
        var documents = kept.Documents.ToList();
        for (var first = 0; first < missing.Count;)
        {
            var (last, passages) = (first, 0);
            while (last < missing.Count && (last == first || passages + missing[last].Embedded <= MostPassages))
            {
                passages += missing[last++].Embedded;
            }

            documents.AddRange(await read.ReadAsync(organizationId, kept.State.Space, embeddings.Dimensions, missing[first..last], ct));
            first = last;
        }

        slot.Vectors = new ChatbotVectors(kept.State, documents);
        slot.RefusedAt = null;
        memory.MakeRoom(slot);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Vectors of chatbot {ChatbotId} read: {Passages} passages, {Documents} documents anew, {Milliseconds} ms")]
        public static partial void Loaded(ILogger logger, Guid chatbotId, int passages, int documents, double milliseconds);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "vectors_too_large",
            Message = "The {Passages} vectors of chatbot {ChatbotId} are more than Search__VectorMegabytes allows; it is searched by words only. Raise the setting, or use a PostgreSQL with pgvector")]
        public static partial void TooLarge(ILogger logger, Guid chatbotId, int passages);
    }
}

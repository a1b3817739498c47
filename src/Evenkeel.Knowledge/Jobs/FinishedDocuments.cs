using System.Collections.Concurrent;

namespace Evenkeel.Knowledge.Jobs;

/// <summary>Tells requests that wait for a document in this process that its job has ended: look again.</summary>
internal sealed class FinishedDocuments
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _awaited = new();

    /// <summary>Completed at the next end of a job about the document. Ask before looking, or the end may fall between.</summary>
    public Task NextAsync(Guid documentId) =>
        _awaited.GetOrAdd(documentId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>The job about the document ended, however.</summary>
    public void Look(Guid? documentId)
    {
        if (documentId is { } id && _awaited.TryRemove(id, out var awaited))
        {
            awaited.SetResult();
        }
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(Guid documentId) => _awaited.TryRemove(documentId, out _);
}

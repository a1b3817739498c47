using System.Collections.Concurrent;
using Evenkeel.Knowledge.Reading;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Tests.Knowledge;

/// <summary>
/// A reader whose files end when the test says so: what happens around a long reading is then a matter of order, not of time. The text of a
/// file is its only passage.
/// </summary>
internal sealed class GatedReader : IDocumentReader
{
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();
    private readonly SemaphoreSlim _begun = new(0);

    /// <summary>Whether files are held; others are read at once.</summary>
    public bool IsClosed { get; set; } = true;

    /// <summary>Files whose reading was given up.</summary>
    public ConcurrentQueue<string> Interrupted { get; } = new();

    public ConcurrentQueue<string> Begun { get; } = new();

    public async Task<ReadDocument> ReadAsync(DocumentFile file, CancellationToken cancellationToken)
    {
        Begun.Enqueue(file.FileName);
        if (IsClosed)
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(gate);
            _begun.Release();
            try
            {
                await gate.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Interrupted.Enqueue(file.FileName);
                throw;
            }
        }

        var text = await File.ReadAllTextAsync(file.Path, cancellationToken);
        return new ReadDocument { Title = file.Title ?? file.FileName, Passages = [new SplitPassage([], text, null)] };
    }

    /// <summary>Waits until another file is being read.</summary>
    public Task UntilBegunAsync(CancellationToken cancellationToken) => _begun.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);

    /// <summary>Lets the file that has waited longest be read.</summary>
    public void Release()
    {
        if (_waiting.TryDequeue(out var gate))
        {
            gate.SetResult();
        }
    }

    /// <summary>The file that has waited longest cannot be read.</summary>
    public void Fail(Exception failure)
    {
        if (_waiting.TryDequeue(out var gate))
        {
            gate.SetException(failure);
        }
    }
}

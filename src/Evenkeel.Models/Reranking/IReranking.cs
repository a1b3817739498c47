namespace Evenkeel.Models;

/// <summary>Judges how well passages answer a question, by a model that reads both together.</summary>
public interface IReranking
{
    /// <summary>Passages that may be scored at a time.</summary>
    const int MostPassages = 200;

    /// <summary>Whether an endpoint is configured.</summary>
    bool IsConfigured { get; }

    /// <summary>The configured model, "" where the endpoint has only one.</summary>
    string Model { get; }

    /// <summary>
    /// Scores passages, long ones by their beginning. One short time-out for all, no second try: somebody waits. Only the order of scores means something:
    /// their range is the model's.
    /// </summary>
    /// <param name="question">The question.</param>
    /// <param name="passages">At most <see cref="MostPassages"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>One score for each passage, in the same order.</returns>
    /// <exception cref="ModelException">There are none: an answer that leaves a passage out, names one twice or gives no number is no answer.</exception>
    Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken ct);
}

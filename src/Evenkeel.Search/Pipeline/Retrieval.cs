using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Search.Lexical;

namespace Evenkeel.Search.Pipeline;

/// <summary>One retrieval as it goes through the steps.</summary>
internal sealed class Retrieval(PassageQuery query, AnalyzedQuestion question, PassageIndex index, TimeProvider time)
{
    private readonly Dictionary<Guid, Candidate> _candidates = [];

    public PassageQuery Query { get; } = query;

    public AnalyzedQuestion Question { get; } = question;

    public PassageIndex Index { get; } = index;

    public LexicalQuestion Lexical { get; } = LexicalQuestion.Of(question, index);

    public LexicalAnswer? LexicalAnswer { get; set; }

    public List<RetrievalStep> Steps { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>All that were considered, in the order they came.</summary>
    public IReadOnlyCollection<Candidate> Candidates => _candidates.Values;

    /// <summary>Those that no step has dropped yet.</summary>
    public IEnumerable<Candidate> Alive => _candidates.Values.Where(candidate => candidate.Fate is null);

    /// <summary>Those after the present step, best first.</summary>
    public IReadOnlyList<Candidate> Order { get; set; } = [];

    public Candidate Candidate(Guid passageId)
    {
        if (!_candidates.TryGetValue(passageId, out var candidate))
        {
            _candidates[passageId] = candidate = new Candidate(passageId);
        }

        return candidate;
    }

    /// <summary>Runs a step and notes its time and what came out.</summary>
    /// <param name="name">Of the step.</param>
    /// <param name="run">Returns how many came out.</param>
    /// <param name="among">How many it chooses from; null = those that no step has dropped yet.</param>
    public async Task StepAsync(string name, Func<Task<int>> run, int? among = null)
    {
        var (begin, before) = (time.GetTimestamp(), among ?? Alive.Count());
        var after = await run();
        Steps.Add(new RetrievalStep(name, before, after, Math.Round(time.GetElapsedTime(begin).TotalMilliseconds, 3)));
    }

    /// <summary>The same of a step that waits for nothing.</summary>
    public void Step(string name, Func<int> run, int? among = null)
    {
        var (begin, before) = (time.GetTimestamp(), among ?? Alive.Count());
        var after = run();
        Steps.Add(new RetrievalStep(name, before, after, Math.Round(time.GetElapsedTime(begin).TotalMilliseconds, 3)));
    }
}

using System.Collections.Concurrent;
using Evenkeel.ScriptedModel;

namespace Evenkeel.Faults.Runs;

/// <summary>What the model says: to every try of every question something else, so that text of two tries is never taken for one.</summary>
internal sealed class ScriptedAnswers(ScriptedModelServer model)
{
    private const int Tries = 6;
    private const int Words = 10;

    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _answers = new(StringComparer.Ordinal);

    /// <summary>By question, every answer that there may be.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _answers;

    /// <summary>Prepares the answers to a question.</summary>
    /// <param name="question">Its text; no other question may contain it.</param>
    /// <param name="tokensBeforeGate">The first try waits after so many tokens; null when it does not.</param>
    /// <param name="stumbles">A try before that one breaks off in its middle.</param>
    /// <returns>The gate.</returns>
    public Gate? Prepare(string question, int? tokensBeforeGate = null, bool stumbles = false)
    {
        var texts = new Queue<string>(Enumerable.Range(1, Tries).Select(number => Text(question, number)));
        _answers[question] = [.. texts];
        if (stumbles)
        {
            model.Play(question, new Behaviour { Kind = BehaviourKind.Cut, DelayMs = 2, AfterTokens = Words / 2, Text = texts.Dequeue(), Times = 1 });
        }

        var gate = tokensBeforeGate is { } tokens ? model.Hold(tokens, question, texts.Dequeue()) : null;
        while (texts.TryDequeue(out var text))
        {
            model.Play(question, new Behaviour { Kind = BehaviourKind.Delay, DelayMs = 2, Text = text, Times = texts.Count == 0 ? null : 1 });
        }

        return gate;
    }

    private static string Text(string question, int number) =>
        $"{question.Replace(' ', '-')} try{number}" + string.Concat(Enumerable.Range(1, Words).Select(word => $" t{number}w{word}"));
}

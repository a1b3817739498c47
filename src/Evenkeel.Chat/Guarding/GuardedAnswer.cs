using System.Text;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;

namespace Evenkeel.Chat.Guarding;

/// <summary>
/// One answer on its way from the model to its readers. Rules look at a window of the newest text, so that phrases across the borders of
/// pieces are seen; the endpoint looks at longer stretches, beside the stream; text that may become a leak waits. A hit withdraws everything.
/// </summary>
internal sealed class GuardedAnswer(TurnContext context, LeakWatch leaks, GuardedAnswer.Parts parts)
{
    // Often enough that at most a line of harm is seen before it is withdrawn; seldom enough to cost next to nothing.
    private const int CharactersBetweenLooks = 48;

    // The longest rule spans 250 characters.
    private const int Window = 300;

    // Also where it is spelled with something between its letters.
    private const int LongestTerm = 60;

    private const int ContextOfEndpoint = 200;

    private StringBuilder _text = new();
    private LeakWatch _leaks = leaks;
    private int _shown;
    private int _looked;
    private int _asked;
    private int _suspiciousUntil;
    private bool _isDegraded;
    private Task<ModerationVerdict>? _asking;

    /// <summary>Takes the next piece.</summary>
    /// <returns>What may be shown now; the rest waits for what follows.</returns>
    /// <exception cref="StageFailedException">The answer is blocked; what was shown of it has been withdrawn.</exception>
    public async ValueTask<string> AcceptAsync(string text, CancellationToken cancellationToken)
    {
        _text.Append(text);
        _leaks.Take(text);
        await StopLeaksAsync(cancellationToken);
        if (_text.Length - _looked >= CharactersBetweenLooks || EndsSentence(text))
        {
            await LookAsync(cancellationToken);
        }

        if (parts.Moderation.HasEndpoint)
        {
            await HearEndpointAsync(cancellationToken);
        }

        return ShowTo(_leaks.SafeLength);
    }

    /// <summary>The model has ended.</summary>
    /// <returns>What was held back.</returns>
    /// <exception cref="StageFailedException">The answer is blocked.</exception>
    public async ValueTask<string> EndAsync(CancellationToken cancellationToken)
    {
        _leaks.End();
        await StopLeaksAsync(cancellationToken);
        await LookAsync(cancellationToken);
        if (parts.Moderation.HasEndpoint)
        {
            await JudgeAsync(_asking, cancellationToken);
            await JudgeAsync(_asked < _text.Length ? Ask(cancellationToken) : null, cancellationToken);
        }

        return ShowTo(_text.Length);
    }

    /// <summary>The model begins again: what it wrote is forgotten.</summary>
    public void Restart()
    {
        (_text, _leaks, _asking) = (new StringBuilder(), _leaks.Anew(), null);
        _shown = _looked = _asked = _suspiciousUntil = 0;
    }

    private string ShowTo(int end)
    {
        if (end <= _shown)
        {
            return "";
        }

        var shown = _text.ToString(_shown, end - _shown);
        _shown = end;
        return shown;
    }

    private async ValueTask StopLeaksAsync(CancellationToken cancellationToken)
    {
        if (_leaks.IsLeak)
        {
            throw await BlockAsync("instructions", "leak_guard", cancellationToken);
        }
    }

    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        var start = StartOfWord(Math.Max(0, _looked - LongestTerm));
        if (parts.Moderation.IsSuspicious(_text.ToString(start, _text.Length - start)))
        {
            _suspiciousUntil = _text.Length + Window;
        }

        start = StartOfWord(Math.Max(0, _looked - Window));
        _looked = _text.Length;
        if (_text.Length <= _suspiciousUntil && parts.Moderation.CheckByRules(_text.ToString(start, _text.Length - start), ModeratedText.Answer).Category is { } category)
        {
            throw await BlockAsync(category, "rules", cancellationToken);
        }
    }

    private async ValueTask HearEndpointAsync(CancellationToken cancellationToken)
    {
        if (_asking is { IsCompleted: true } answered)
        {
            _asking = null;
            await JudgeAsync(answered, cancellationToken);
        }

        if (_asking is null && _text.Length - _asked >= parts.Options.AnswerCharacters)
        {
            _asking = Ask(cancellationToken);
        }
    }

    private Task<ModerationVerdict> Ask(CancellationToken cancellationToken)
    {
        var start = StartOfWord(Math.Max(0, _asked - ContextOfEndpoint));
        _asked = _text.Length;
        return parts.Moderation.CheckAsync(_text.ToString(start, _text.Length - start), ModeratedText.Answer, cancellationToken);
    }

    private async ValueTask JudgeAsync(Task<ModerationVerdict>? asking, CancellationToken cancellationToken)
    {
        if (asking is null)
        {
            return;
        }

        var verdict = await asking;
        if (verdict.Category is { } category)
        {
            throw await BlockAsync(category, verdict.IsByEndpoint ? "endpoint" : "rules", cancellationToken);
        }

        if (verdict.IsDegraded && !_isDegraded)
        {
            _isDegraded = true;
            parts.Reporter.Warn(context.Turn, TimelineEventType.Moderation, new { of = "answer", degraded = "endpoint_unavailable" });
        }
    }

    private async Task<StageFailedException> BlockAsync(string category, string source, CancellationToken cancellationToken)
    {
        parts.Reporter.Warn(context.Turn, TimelineEventType.Moderation, new { of = "answer", blocked = true, category, source });
        if (_shown > 0)
        {
            await parts.Restart.RunAsync(context, "content_blocked");
        }

        return BlockedAnswers.Failure(context, category, source);
    }

    private int StartOfWord(int position)
    {
        var start = position;
        while (start > 0 && start < _text.Length && start - position < Window / 4 && char.IsLetterOrDigit(_text[start]) && char.IsAscii(_text[start]))
        {
            start++;
        }

        return Math.Min(start, _text.Length);
    }

    private static bool EndsSentence(string text) => text.AsSpan().TrimEnd() is [.., '.' or '!' or '?' or '。' or '！' or '？'];

    /// <summary>What all answers share.</summary>
    internal sealed record Parts(IModeration Moderation, RestartTurn Restart, StageReporter Reporter, ModerationOptions Options);
}

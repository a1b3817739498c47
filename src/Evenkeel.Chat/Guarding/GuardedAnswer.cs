using System.Text;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;

namespace Evenkeel.Chat.Guarding;

/// <summary>
/// One answer on its way from the model to its readers. Rules look at a window of the newest text, so that phrases across the borders of
/// pieces are seen; the endpoint looks at longer stretches, beside the stream; text that may become a leak waits. A hit withdraws everything. What
/// is under way here goes on when the turn is interrupted: whoever stops an answer waits for its verdict, which takes at most the endpoint's time-out.
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
    public async ValueTask<string> AcceptAsync(string text)
    {
        _text.Append(text);
        _leaks.Take(text);
        await StopLeaksAsync();
        if (_text.Length - _looked >= CharactersBetweenLooks || EndsSentence(text))
        {
            await LookAsync();
        }

        if (parts.Moderation.HasEndpoint)
        {
            await HearEndpointAsync();
        }

        return ShowTo(_leaks.SafeLength);
    }

    /// <summary>Nothing follows: the model has ended, or is not listened to any more. May be called again when the wait was cancelled.</summary>
    /// <returns>What was held back.</returns>
    /// <exception cref="StageFailedException">The answer is blocked.</exception>
    public async ValueTask<string> EndAsync(CancellationToken cancellationToken)
    {
        _leaks.End();
        await StopLeaksAsync();
        await LookAsync();
        if (parts.Moderation.HasEndpoint)
        {
            if (_asked < _text.Length)
            {
                _asking = BothAsync(_asking, Ask());
            }

            await JudgeAsync(cancellationToken);
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

    private async ValueTask StopLeaksAsync()
    {
        if (_leaks.IsLeak)
        {
            throw await BlockAsync("instructions", "leak_guard");
        }
    }

    private async ValueTask LookAsync()
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
            throw await BlockAsync(category, "rules");
        }
    }

    private async ValueTask HearEndpointAsync()
    {
        if (_asking is { IsCompleted: true })
        {
            await JudgeAsync(CancellationToken.None);
        }

        if (_asking is null && _text.Length - _asked >= parts.Options.AnswerCharacters)
        {
            _asking = Ask();
        }
    }

    private Task<ModerationVerdict> Ask()
    {
        var start = StartOfWord(Math.Max(0, _asked - ContextOfEndpoint));
        _asked = _text.Length;
        return parts.Moderation.CheckAsync(_text.ToString(start, _text.Length - start), ModeratedText.Answer, CancellationToken.None);
    }

    private static async Task<ModerationVerdict> BothAsync(Task<ModerationVerdict>? earlier, Task<ModerationVerdict> later)
    {
        var first = earlier is null ? default : await earlier;
        if (first.IsBlocked)
        {
            return first;
        }

        var second = await later;
        return second with { IsDegraded = first.IsDegraded || second.IsDegraded };
    }

    private async ValueTask JudgeAsync(CancellationToken cancellationToken)
    {
        if (_asking is not { } asking)
        {
            return;
        }

        var verdict = await asking.WaitAsync(cancellationToken);
        _asking = null;
        if (verdict.Category is { } category)
        {
            throw await BlockAsync(category, verdict.IsByEndpoint ? "endpoint" : "rules");
        }

        if (verdict.IsDegraded && !_isDegraded)
        {
            _isDegraded = true;
            parts.Reporter.Warn(context.Turn, TimelineEventType.Moderation, new { of = "answer", degraded = "endpoint_unavailable" });
        }
    }

    private async Task<StageFailedException> BlockAsync(string category, string source)
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

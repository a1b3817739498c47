using System.Text.Json;

namespace Evenkeel.Bench.Turns;

/// <summary>
/// Reads one turn's frames and checks them: the answer is whole and right, its pieces fit together, <c>seq</c> has no gap. A benchmark that
/// counted a wrong answer would measure nothing.
/// </summary>
internal sealed class TurnFrames(string expectedText)
{
    private int _shown;

    /// <summary>The newest durable frame's <c>seq</c>.</summary>
    public long Seq { get; private set; }

    /// <summary>When the first piece of the answer came; 0 before.</summary>
    public long FirstDeltaAt { get; private set; }

    /// <summary>When the answer came as a whole; 0 before.</summary>
    public long FinalAt { get; private set; }

    /// <summary>Whether <c>idle</c> came after it.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>The turn that was answered.</summary>
    public Guid TurnId { get; private set; }

    /// <summary>A new conversation.</summary>
    public void StartThread() => Seq = 0;

    /// <summary>A new turn.</summary>
    public void StartTurn() => (_shown, FirstDeltaAt, FinalAt, IsIdle) = (0, 0, 0, false);

    /// <summary>Takes one frame.</summary>
    public void Take(ReadOnlySpan<byte> frame, long arrivedAt)
    {
        if (frame.StartsWith("""{"type":"chat_delta","""u8))
        {
            TakeDelta(frame, arrivedAt);
        }
        else if (frame.StartsWith("""{"type":"chat_message","""u8))
        {
            TakeMessage(frame, arrivedAt);
        }
        else if (frame.StartsWith("""{"type":"chat_status","event":"idle","""u8))
        {
            IsIdle = FinalAt != 0;
        }
        else if (frame.StartsWith("""{"type":"chat_error","""u8) || frame.StartsWith("""{"type":"command_error","""u8))
        {
            throw Wrong("an error", frame);
        }
    }

    private void TakeDelta(ReadOnlySpan<byte> frame, long arrivedAt)
    {
        if (FirstDeltaAt == 0)
        {
            FirstDeltaAt = arrivedAt;
        }

        var offset = -1;
        var reader = new Utf8JsonReader(frame);
        while (reader.Read())
        {
            if (IsProperty(ref reader, "offset"u8))
            {
                offset = reader.GetInt32();
            }
            else if (IsProperty(ref reader, "token"u8))
            {
                var token = reader.GetString()!;
                if (offset < 0 || offset > _shown || !expectedText.AsSpan(offset).StartsWith(token, StringComparison.Ordinal))
                {
                    throw Wrong($"a piece that does not fit behind {_shown} characters", frame);
                }

                _shown = Math.Max(_shown, offset + token.Length);
            }
        }
    }

    private void TakeMessage(ReadOnlySpan<byte> frame, long arrivedAt)
    {
        var (isAnswer, isRight, isComplete, seq, turnId) = (false, false, false, 0L, Guid.Empty);
        var reader = new Utf8JsonReader(frame);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1)
            {
                continue;
            }

            if (IsProperty(ref reader, "seq"u8))
            {
                seq = reader.GetInt64();
            }
            else if (IsProperty(ref reader, "role"u8))
            {
                isAnswer = reader.ValueTextEquals("assistant"u8);
            }
            else if (IsProperty(ref reader, "text"u8))
            {
                isRight = reader.ValueTextEquals(expectedText);
            }
            else if (IsProperty(ref reader, "status"u8))
            {
                isComplete = reader.ValueTextEquals("complete"u8);
            }
            else if (IsProperty(ref reader, "turn_id"u8))
            {
                turnId = reader.GetGuid();
            }
        }

        if (seq != Seq + 1)
        {
            throw Wrong($"a frame that does not follow {Seq}", frame);
        }

        Seq = seq;
        if (!isAnswer)
        {
            return;
        }

        if (!isRight || !isComplete || (_shown != 0 && _shown != expectedText.Length))
        {
            throw Wrong($"a wrong answer (of which {_shown} characters had come as pieces)", frame);
        }

        (FinalAt, TurnId) = (arrivedAt, turnId);
    }

    private static bool IsProperty(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();

    private static BenchmarkException Wrong(string what, ReadOnlySpan<byte> frame) =>
        new($"The server sent {what}: {System.Text.Encoding.UTF8.GetString(frame)}");
}

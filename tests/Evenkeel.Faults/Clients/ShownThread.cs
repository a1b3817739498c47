using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Shouldly;

namespace Evenkeel.Faults.Clients;

/// <summary>A conversation as a client keeps it: a list once, then frames. Refuses whatever is lost, repeated, disordered or wrong.</summary>
public sealed class ShownThread
{
    private readonly Dictionary<Guid, LiveText> _live = [];
    private readonly HashSet<Guid> _shown = [];
    private readonly HashSet<Guid> _ended = [];
    private readonly List<string> _messages = [];
    private int _pings;

    /// <param name="snapshot">What the conversation is to begin with.</param>
    public ShownThread(MessagePage snapshot)
    {
        _messages.AddRange(snapshot.Items.Select(Canonical));
        LastSeq = snapshot.LastSeq;
    }

    public long LastSeq { get; private set; }

    /// <summary>So many pings with nothing between them mean that something is stuck.</summary>
    public int MostPings { get; init; } = 2;

    /// <summary>The conversation, comparable with another's.</summary>
    public string Text => string.Join('\n', _messages);

    /// <summary>Answers whose live text was followed to the end.</summary>
    public int FollowedAnswers { get; private set; }

    /// <summary>Live pieces may be lost on their way (the broker is away): what was shown is then still the answer's beginning.</summary>
    public bool LiveTextMayBeCut { get; set; }

    /// <summary>A fresh load, comparable with <see cref="Text"/>.</summary>
    public static string TextOf(MessagePage page) => string.Join('\n', page.Items.Select(Canonical));

    /// <summary>Call at every new connection: what it did not send itself, it need not have completed.</summary>
    public void Connected()
    {
        // The greeting brings the indicators of turns that still run.
        _shown.Clear();
        _pings = 0;
        foreach (var live in _live.Values)
        {
            live.IsOfThisConnection = false;
        }
    }

    /// <summary>A typing indicator is shown that <c>idle</c> has not cleared yet.</summary>
    public bool ShowsTyping => _shown.Count > 0;

    /// <summary>The turn's last durable frame has come.</summary>
    public bool HasEnded(Guid turn) => _ended.Contains(turn);

    /// <summary>Takes the next frame.</summary>
    public void Apply(JsonElement frame)
    {
        switch (frame.Type())
        {
            case "chat_message":
                ApplyDurable(frame, frame.Deserialize<Message>(Wire.Json)!);
                break;
            case "chat_error":
                ApplyDurable(frame, FailedMessage(frame));
                break;
            case "chat_delta":
                ApplyDelta(frame);
                break;
            case "chat_reset":
                _live.Remove(frame.GetProperty("turn_id").GetGuid());
                break;
            case "chat_status" when frame.Text("event") == "idle":
                _shown.Remove(frame.GetProperty("turn_id").GetGuid());
                break;
            case "chat_status" when frame.Text("event") == "connected":
                frame.GetProperty("recovered").GetBoolean().ShouldBeTrue(frame.ToString());
                break;
            case "chat_status":
                _shown.Add(frame.GetProperty("turn_id").GetGuid());
                break;
            case "ping":
                (++_pings).ShouldBeLessThanOrEqualTo(MostPings, $"nothing but pings comes; the state is:\n{Text}");
                break;
        }
    }

    private void ApplyDurable(JsonElement frame, Message message)
    {
        message.Seq.ShouldBe(LastSeq + 1, $"lost, repeated or disordered: {frame}");
        LastSeq = message.Seq;
        _messages.Add(Canonical(message));
        if (message.Role == "assistant")
        {
            _ended.Add(message.TurnId).ShouldBeTrue("a turn ends once");
        }

        if (message.Role != "assistant" || !_live.Remove(message.TurnId, out var live))
        {
            return;
        }

        // What an earlier attempt had shown while nobody could withdraw it gives way to the answer like any other text.
        if (message.Status != MessageStatus.Failed && message.Meta?.RetryMeta?.Attempts == live.Attempt)
        {
            message.Text.ShouldStartWith(live.Text.ToString(), customMessage: "text was shown that is not in the answer");
            if (live.IsOfThisConnection && !LiveTextMayBeCut)
            {
                live.Text.ToString().ShouldBe(message.Text, "the streamed text is not the stored text");
                FollowedAnswers++;
            }
        }
    }

    private void ApplyDelta(JsonElement frame)
    {
        var turn = frame.GetProperty("turn_id").GetGuid();
        var attempt = (int)frame.Number("attempt");
        if (!_live.TryGetValue(turn, out var live) || live.Attempt < attempt)
        {
            live = _live[turn] = new LiveText(attempt);
        }

        live.Attempt.ShouldBe(attempt, "an older attempt goes on");
        var (offset, token) = ((int)frame.Number("offset"), frame.Text("token"));
        offset.ShouldBeLessThanOrEqualTo(live.Text.Length, $"a delta is missing: {frame}");
        var known = Math.Min(token.Length, live.Text.Length - offset);
        live.Text.ToString(offset, known).ShouldBe(token[..known], "what was shown has changed");
        live.Text.Append(token.AsSpan(known));
        live.IsOfThisConnection = true;
    }

    private static Message FailedMessage(JsonElement frame) => new()
    {
        Seq = frame.Number("seq"),
        Id = frame.GetProperty("id").GetGuid(),
        Role = "assistant",
        Text = "",
        Status = MessageStatus.Failed,
        TurnId = frame.GetProperty("turn_id").GetGuid(),
        CreatedAt = frame.GetProperty("created_at").GetDateTimeOffset(),
        Meta = frame.GetProperty("meta").Deserialize<MessageMeta>(Wire.Json),
    };

    private static string Canonical(Message message) => JsonSerializer.Serialize(message, Wire.Json);

    private sealed class LiveText(int attempt)
    {
        public int Attempt { get; } = attempt;

        public System.Text.StringBuilder Text { get; } = new();

        public bool IsOfThisConnection { get; set; }
    }
}

file static class FrameReading
{
    public static string Type(this JsonElement frame) => frame.GetProperty("type").GetString()!;

    public static string Text(this JsonElement frame, string member) => frame.GetProperty(member).GetString()!;

    public static long Number(this JsonElement frame, string member) => frame.GetProperty(member).GetInt64();
}

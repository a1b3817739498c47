using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Checking;
using Evenkeel.Faults.Clients;
using Evenkeel.Faults.Processes;

namespace Evenkeel.Faults.Runs;

/// <summary>A conversation of one run and the screens that show it.</summary>
internal sealed class Conversation(FaultWorld world, Person person, RunNotes notes, ScriptedAnswers answers, string name) : IAsyncDisposable
{
    private readonly List<Device> _devices = [];
    private readonly ConversationClient _client = new(person, notes);
    private int _messages;

    public string Name => name;

    /// <inheritdoc cref="Device.LiveTextMayBeCut"/>
    public bool LiveTextMayBeCut { get; init; }

    public IReadOnlyList<Device> Devices => _devices;

    public ConversationClient Client => _client;

    /// <summary>The text of the next question, with its answers prepared.</summary>
    public string NextQuestion(out ScriptedModel.Gate? gate, int? tokensBeforeGate = null, bool stumbles = false)
    {
        var question = $"{name} m{Interlocked.Increment(ref _messages)}.";
        gate = answers.Prepare(question, tokensBeforeGate, stumbles);
        return question;
    }

    /// <summary>Sends the next message, or the one given; the first one opens the screens.</summary>
    public async Task<SendMessageResponse> SendAsync(bool isTwice, CancellationToken cancellationToken, string? question = null)
    {
        var sent = await _client.SendAsync(question ?? NextQuestion(out _), isTwice ? [0, 1] : [0], cancellationToken);
        if (_devices.Count == 0)
        {
            var snapshot = await _client.LoadAsync(cancellationToken);
            _devices.AddRange(Enumerable.Range(0, 2).Select(first => NewDevice(first, sent.ThreadId, snapshot)));
        }

        return sent;
    }

    /// <summary>Waits until a fresh load shows a turn's end.</summary>
    public async Task<Message> AnswerAsync(Guid turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await _client.LoadAsync(cancellationToken);
            if (page.Items.FirstOrDefault(message => message.TurnId == turn && message.Role == "assistant") is { } answer)
            {
                return answer;
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Waits until a fresh load shows no turn that waits or runs.</summary>
    public async Task UntilIdleAsync(CancellationToken cancellationToken)
    {
        while ((await _client.LoadAsync(cancellationToken)).RunningTurnId is not null)
        {
            await Task.Delay(20, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
        {
            await device.DisposeAsync();
        }
    }

    private Device NewDevice(int first, Guid thread, MessagePage snapshot) =>
        new(person, world.WebNodes, first, thread, snapshot) { LiveTextMayBeCut = LiveTextMayBeCut };
}

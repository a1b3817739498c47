using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Chat;

/// <summary>Settings under <c>Chat</c>.</summary>
public sealed class ChatOptions
{
    /// <summary>Turns one worker runs at a time; a turn mostly waits for its model, so this is far above the number of cores.</summary>
    [Range(1, 10_000)]
    public int ConcurrentTurns { get; set; } = 256;

    /// <summary>Turns of one organization that one worker runs at a time: the rest of its room stays free for others, however long they hang.</summary>
    [Range(1, 10_000)]
    public int ConcurrentTurnsPerOrganization { get; set; } = 128;

    /// <summary>Sends one person may make in a minute; 0 = no limit.</summary>
    [Range(0, 1_000_000)]
    public int SendsPerMinute { get; set; } = 60;

    /// <summary>How often one person may say in a minute whether an answer helped; 0 = no limit. More than anybody reads, and each may be recorded.</summary>
    [Range(0, 1_000_000)]
    public int FeedbackPerMinute { get; set; } = 60;

    /// <summary>Turns that may wait in one conversation.</summary>
    [Range(1, 1_000)]
    public int QueuedTurnsPerThread { get; set; } = 20;

    /// <summary>Turns that may wait in the whole installation before sends are refused with <c>queue_full</c>.</summary>
    [Range(1, 1_000_000)]
    public int QueuedTurns { get; set; } = 5_000;

    /// <summary>How long a claim is good without a heartbeat, in seconds. Short = fast take-over, long = tolerance for stalls.</summary>
    [Range(3, 600)]
    public int LeaseSeconds { get; set; } = 30;

    /// <summary>Workers that may be lost under one turn before it fails as <c>worker_lost</c>.</summary>
    [Range(1, 20)]
    public int MaxWorkerLosses { get; set; } = 3;

    /// <summary>Token budget of the retrieved passages in a prompt.</summary>
    [Range(100, 200_000)]
    public int ContextTokens { get; set; } = 2_400;

    /// <summary>Token budget of earlier messages in a prompt.</summary>
    [Range(0, 200_000)]
    public int HistoryTokens { get; set; } = 1_600;

    /// <summary>Longest message a person may send, in UTF-16 units.</summary>
    public const int LongestMessage = 32_000;

    /// <summary>Longest <c>client_message_id</c>.</summary>
    public const int LongestClientMessageId = 100;

    /// <summary>Longest comment on an answer, in UTF-16 units.</summary>
    public const int LongestComment = 2_000;
}

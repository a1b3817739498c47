namespace Evenkeel.Faults.Proxy;

/// <summary>The places of a turn that faults are aimed at. A call can have several.</summary>
[Flags]
public enum Marks
{
    None = 0,
    Send = 1 << 0,
    FindRepeated = 1 << 1,
    Regenerate = 1 << 2,
    AskToStop = 1 << 3,
    CancelWaiting = 1 << 4,
    Claim = 1 << 5,
    SessionLock = 1 << 6,
    RegisterWorker = 1 << 7,
    RenewLease = 1 << 8,
    LookForStops = 1 << 9,
    ReadChatbot = 1 << 10,
    ReadHistory = 1 << 11,
    ReadKnowledge = 1 << 12,
    Restart = 1 << 13,
    Finish = 1 << 14,
    HandBack = 1 << 15,
    Recover = 1 << 16,
    Timeline = 1 << 17,
    Resume = 1 << 18,
    Snapshot = 1 << 19,
    Credits = 1 << 20,
    Release = 1 << 21,
}

/// <summary>Tells statements of the program apart by words that stand in them, in whichever order their authors rewrite them.</summary>
public static class MarkedStatements
{
    // The first row whose words all stand in a statement names it; rows stand in the order of how special they are.
    private static readonly (Marks Mark, string[] Words)[] Table =
    [
        (Marks.Claim, ["UPDATE turns SET status = 'running'"]),
        (Marks.Recover, ["held_session_locks", "UPDATE turns"]),
        (Marks.RenewLease, ["UPDATE turns SET lease_until"]),
        (Marks.Release, ["UPDATE turns SET status = 'queued'", "<> ALL"]),
        (Marks.HandBack, ["UPDATE turns SET status = 'queued'"]),
        (Marks.CancelWaiting, ["UPDATE turns SET status = 'cancelled'"]),
        (Marks.Finish, ["UPDATE turns SET status = $"]),
        (Marks.Restart, ["UPDATE turns SET attempt"]),
        (Marks.AskToStop, ["UPDATE turns SET stop_requested"]),
        (Marks.Regenerate, ["INSERT INTO turns", "replaces"]),
        (Marks.Send, ["INSERT INTO turns"]),
        (Marks.FindRepeated, ["FROM turns", "client_message_id ="]),
        (Marks.LookForStops, ["FROM turns", "stop_requested"]),
        (Marks.SessionLock, ["pg_advisory_lock"]),
        (Marks.RegisterWorker, ["INSERT INTO workers"]),
        (Marks.ReadHistory, ["FROM messages", "turns.replaces"]),
        (Marks.Resume, ["FROM messages", "correlation_id"]),
        (Marks.Snapshot, ["FROM messages"]),
        (Marks.ReadChatbot, ["FROM chatbots"]),
        (Marks.ReadKnowledge, ["FROM knowledge_"]),
        (Marks.Timeline, ["INSERT INTO chat_events"]),
        // The recorder's own transaction, which goes on to copy its rows.
        (Marks.Timeline, ["INSERT INTO timeline_sessions"]),
    ];

    /// <summary>Everything that the statements of one call do.</summary>
    public static Marks Of(IEnumerable<string> statements) => statements.Aggregate(Marks.None, (marks, sql) => marks | Of(sql));

    private static Marks Of(string sql)
    {
        var mark = Array.Find(Table, row => Array.TrueForAll(row.Words, word => sql.Contains(word, StringComparison.Ordinal))).Mark;
        return sql.Contains("credit_", StringComparison.Ordinal) ? mark | Marks.Credits : mark;
    }
}

using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Realtime;

/// <summary>Limits of live connections; section <c>Realtime</c>.</summary>
public sealed class RealtimeOptions
{
    /// <summary>Open connections of one user. Fifty are many tabs and devices; more is a client that reconnects without closing.</summary>
    [Range(1, 100_000)]
    public int MaxConnectionsPerUser { get; set; } = 50;

    /// <summary>Open connections of this process, signed in or not. Each costs one file descriptor and about 10 KB.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Bytes that may wait for one slow client before it is cut (4480); beyond Kestrel's own 64 KiB and the kernel's buffers.</summary>
    [Range(16 * 1024, 64 * 1024 * 1024)]
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>Frames that may wait for one slow client before it is cut (4480).</summary>
    [Range(10, 100_000)]
    public int MaxQueuedFrames { get; set; } = 1_000;

    /// <summary>How long one write to a client may stand still before the connection is dropped.</summary>
    [Range(1, 300)]
    public int WriteDeadlineSeconds { get; set; } = 10;

    /// <summary>Keep-alive of each connection. Proxies cut silent streams at 60 s, clients give up at 60 s: 15 leaves room for three losses.</summary>
    [Range(1, 60)]
    public int PingIntervalSeconds { get; set; } = 15;

    /// <summary>Silence after which a client that used to answer pings counts as gone (4408).</summary>
    [Range(10, 600)]
    public int StaleAfterSeconds { get; set; } = 75;

    /// <summary>How long a connection without a token in its URL may take to send its <c>auth</c> frame.</summary>
    [Range(1, 60)]
    public int SignInDeadlineSeconds { get; set; } = 10;

    /// <summary>Bytes of one client message; larger ones close with 4413.</summary>
    [Range(1024, 1024 * 1024)]
    public int MaxClientFrameBytes { get; set; } = 64 * 1024;

    /// <summary>Frames a client may send per second in the long run; more close with 4429.</summary>
    [Range(1, 10_000)]
    public int ClientFramesPerSecond { get; set; } = 30;

    /// <summary>Frames a client may send at once after a pause.</summary>
    [Range(1, 10_000)]
    public int ClientFrameBurst { get; set; } = 60;

    /// <summary>Shortest pause between two deltas of a turn. 40 ms reads as fluent text and makes one frame of several tokens.</summary>
    [Range(0, 1_000)]
    public int DeltaIntervalMilliseconds { get; set; } = 40;

    /// <summary>Most durable frames that are replayed on resume; a client further behind gets the newest page.</summary>
    [Range(1, 10_000)]
    public int ResumeWindow { get; set; } = 500;

    /// <summary>Durable frames in a fresh snapshot.</summary>
    [Range(1, 500)]
    public int SnapshotFrames { get; set; } = 50;
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Evenkeel.Platform.Privacy;
using Evenkeel.Platform.Tracing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>
/// Times statements: those over the limit are logged as <c>slow_statement</c> with fingerprint and duration, and each is a span of the trace it belongs to. Never
/// their parameters, nor their text: it is found in the source by verb and table, and the fingerprint tells two of the same table apart.
/// </summary>
public sealed partial class WatchStatements
{
    private readonly ILogger<WatchStatements> _logger;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly Counter<long> _slow;

    /// <param name="logger">Where slow ones are told.</param>
    /// <param name="meters">Counts them.</param>
    /// <param name="time">Clock.</param>
    /// <param name="limit">How long a statement may take.</param>
    public WatchStatements(ILogger<WatchStatements> logger, IMeterFactory meters, TimeProvider time, TimeSpan limit)
    {
        (_logger, _time, _limit) = (logger, time, limit);
        _slow = meters.Create("Evenkeel.Database").CreateCounter<long>("evenkeel.database.slow_statements", "{statement}", "Statements that took longer than Database:SlowStatementMilliseconds.");
    }

    /// <summary>A statement begins.</summary>
    internal Running Begin() => new(this, _time.GetTimestamp(), Spans.StartBelow("postgresql", ActivityKind.Client));

    private void End(Running running, object statement)
    {
        var elapsed = _time.GetElapsedTime(running.StartedAt);
        if (running.Span is null && elapsed <= _limit)
        {
            return;
        }

        var name = statement is string sql ? StatementName.Of(sql) : StatementName.Of([.. ((List<NpgsqlBatchCommand>)statement).Skip(1).Select(command => command.CommandText)]);
        if (running.Span is { } span)
        {
            span.DisplayName = name.Summary;
            span.SetTag("db.system.name", "postgresql").SetTag("db.query.summary", new SafeText(name.Summary)).SetTag("evenkeel.db.fingerprint", new SafeText(name.Fingerprint));
            span.Dispose();
        }

        if (elapsed > _limit)
        {
            _slow.Add(1);
            Log.Slow(_logger, new SafeText(name.Fingerprint), new SafeText(name.Summary), elapsed.TotalMilliseconds);
        }
    }

    /// <summary>A statement under way.</summary>
    internal readonly record struct Running(WatchStatements Watch, long StartedAt, Activity? Span)
    {
        /// <summary>It has ended, and its rows are read. It is given its name only when somebody wants to know.</summary>
        public void End(string sql) => Watch?.End(this, sql);

        /// <summary>The same for a batch, whose first command sets the scope.</summary>
        public void End(List<NpgsqlBatchCommand> commands) => Watch?.End(this, commands);
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning, EventName = "slow_statement", Message = "slow_statement: {Fingerprint} ({Summary}) took {Milliseconds:0} ms")]
        public static partial void Slow(ILogger logger, SafeText fingerprint, SafeText summary, double milliseconds);
    }
}

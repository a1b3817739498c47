using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Alerts.Rules;

/// <summary>The shipped rules and those of the file, read again when it changes. A file with a mistake changes nothing: the last good rules stay.</summary>
internal sealed partial class BaseRules(RuleFile reader, IOptions<AlertsOptions> options, ILogger<BaseRules> logger)
{
    private const string Resource = "alerts/shipped.yaml";
    private const int MostBytes = 1_000_000;

    private readonly Lock _reading = new();
    private readonly Lazy<IReadOnlyList<BaseRule>> _shipped = new(() => ReadShipped(reader));
    private IReadOnlyList<BaseRule> _ofFile = [];
    private (DateTime ChangedAt, long Bytes)? _seen;
    private volatile IReadOnlyList<RuleFileProblem> _problems = [];

    /// <summary>What is wrong with the file now; empty when nothing is.</summary>
    public IReadOnlyList<RuleFileProblem> Problems => _problems;

    /// <summary>The rules now.</summary>
    public IReadOnlyList<BaseRule> Current()
    {
        lock (_reading)
        {
            Refresh();
            return [.. _shipped.Value, .. _ofFile];
        }
    }

    private void Refresh()
    {
        if (options.Value.RulesFile is not { Length: > 0 } path)
        {
            return;
        }

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                Report([new RuleFileProblem(0, "The file does not exist.")]);
                _seen = null;
                return;
            }

            var seen = (file.LastWriteTimeUtc, file.Length);
            if (_seen != seen)
            {
                _seen = seen;
                Take(file.Length > MostBytes ? null : File.ReadAllText(path));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _seen = null;
            Report([new RuleFileProblem(0, "The file cannot be read.")]);
        }
    }

    private void Take(string? text)
    {
        var (rules, problems) = text is null ? ([], [new RuleFileProblem(0, "The file is larger than 1 MB.")]) : reader.Read(RuleOrigin.File, text);
        Report(problems);
        if (problems.Count == 0)
        {
            _ofFile = rules;
            Log.Read(logger, rules.Count);
        }
    }

    private void Report(IReadOnlyList<RuleFileProblem> problems)
    {
        if (!problems.SequenceEqual(_problems))
        {
            _problems = problems;
            foreach (var problem in problems.Take(20))
            {
                Log.Refused(logger, problem.Line, new SafeText(problem.Text));
            }
        }
    }

    private static IReadOnlyList<BaseRule> ReadShipped(RuleFile reader)
    {
        using var stream = new StreamReader(typeof(BaseRules).Assembly.GetManifestResourceStream(Resource)!);
        var (rules, problems) = reader.Read(RuleOrigin.Shipped, stream.ReadToEnd());
        return problems.Count == 0 ? rules : throw new InvalidOperationException($"{Resource}, line {problems[0].Line}: {problems[0].Text}");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "alert_rules_read", Message = "Read {Count} alert rules of Alerts__RulesFile")]
        public static partial void Read(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Error, EventName = "alert_rules_refused", Message = "Alerts__RulesFile, line {Line}: {Problem} The rules before stay in force.")]
        public static partial void Refused(ILogger logger, long line, SafeText problem);
    }
}

using System.Globalization;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Evenkeel.Timeline.Alerts.Rules;

/// <summary>A mistake in a file of rules.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">What is wrong.</param>
internal sealed record RuleFileProblem(long Line, string Text);

/// <summary>Reads rules from YAML. Every mistake is named with its line; a file with one is not used.</summary>
internal sealed class RuleFile(RuleFields fields)
{
    private const int MostRules = 500;

    /// <summary>The rules, or what is wrong.</summary>
    public (IReadOnlyList<BaseRule> Rules, IReadOnlyList<RuleFileProblem> Problems) Read(string origin, string text)
    {
        var problems = new List<RuleFileProblem>();
        var rules = new List<BaseRule>();
        foreach (var node in Nodes(problems, text))
        {
            if (ReadRule(problems, origin, node) is { } rule)
            {
                if (rules.Exists(other => other.Id == rule.Id))
                {
                    problems.Add(new RuleFileProblem(node.Start.Line, $"There is another rule \"{rule.Definition.Name}\"; names tell rules apart."));
                }

                rules.Add(rule);
            }
        }

        return (problems.Count == 0 ? rules : [], problems);
    }

    private static IReadOnlyList<YamlNode> Nodes(List<RuleFileProblem> problems, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            problems.Add(new RuleFileProblem(exception.Start.Line, "This is not YAML."));
            return [];
        }

        if (stream.Documents.Count == 0)
        {
            return [];
        }

        var root = stream.Documents[0].RootNode;
        if (root is YamlMappingNode mapping && mapping.Children.Count == 1 && mapping.Children.TryGetValue("rules", out var list) && list is YamlSequenceNode rules)
        {
            if (rules.Children.Count <= MostRules)
            {
                return [.. rules.Children];
            }

            problems.Add(new RuleFileProblem(root.Start.Line, $"At most {MostRules} rules."));
            return [];
        }

        problems.Add(new RuleFileProblem(root.Start.Line, "The file has one member, \"rules\", which is a list."));
        return [];
    }

    private BaseRule? ReadRule(List<RuleFileProblem> problems, string origin, YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(new RuleFileProblem(node.Start.Line, "A rule is a mapping."));
            return null;
        }

        var members = new RuleMembers(problems, mapping);
        var request = members.Read();
        var wrong = new List<FieldProblem>();
        var definition = fields.Read(wrong, request);
        problems.AddRange(wrong.Select(problem => new RuleFileProblem(members.LineOf(problem.Field), $"{RuleMembers.NameOf(problem.Field)}: {problem.English}")));
        return new BaseRule
        {
            Id = BaseRule.IdOf(origin, members.Key ?? definition.Name),
            Origin = origin,
            Definition = definition,
            ChineseName = members.ChineseName,
            ChineseDescription = members.ChineseDescription,
        };
    }
}

/// <summary>The members of one rule in the file.</summary>
internal sealed class RuleMembers(List<RuleFileProblem> problems, YamlMappingNode mapping)
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["window_seconds"] = "window", ["for_seconds"] = "for", ["keep_firing_for_seconds"] = "keep_firing_for", ["is_enabled"] = "enabled", ["is_of_installation"] = "installation",
    };

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string? Key { get; private set; }

    public string? ChineseName { get; private set; }

    public string? ChineseDescription { get; private set; }

    /// <summary>How a field is called in the file.</summary>
    public static string NameOf(string field) => Names.GetValueOrDefault(field, field);

    public AlertRuleRequest Read()
    {
        (Key, ChineseName, ChineseDescription) = (Text("key"), Text("name_zh"), Text("description_zh"));
        var request = new AlertRuleRequest
        {
            Name = Text("name"),
            Description = Text("description"),
            Metric = Text("metric"),
            Value = Text("value"),
            Filter = Map("filter"),
            GroupBy = Text("group_by"),
            WindowSeconds = Span("window"),
            Condition = Text("condition"),
            Warning = Number("warning"),
            Critical = Number("critical"),
            ForSeconds = Span("for"),
            KeepFiringForSeconds = Span("keep_firing_for"),
            MinimumCount = (long?)Number("minimum_count"),
            NoData = Text("no_data"),
            IsEnabled = Flag("enabled"),
            Receivers = List("receivers"),
            RunbookUrl = Text("runbook_url"),
            IsOfInstallation = Flag("installation"),
        };
        foreach (var member in mapping.Children.Keys.Where(member => member is not YamlScalarNode { Value: { } name } || !_known.Contains(name)))
        {
            problems.Add(new RuleFileProblem(member.Start.Line, $"\"{member}\" is not known here."));
        }

        return request;
    }

    /// <summary>The line of a member, or of the rule where it is absent.</summary>
    public long LineOf(string field) => mapping.Children.Keys.FirstOrDefault(key => key is YamlScalarNode { Value: { } name } && name == NameOf(field))?.Start.Line ?? mapping.Start.Line;

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return mapping.Children.TryGetValue(name, out var node) ? node : null;
    }

    private string? Text(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode scalar => scalar.Value,
        var other => Wrong<string>(other, name, "a text"),
    };

    private double? Number(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        var other => Wrong<double?>(other, name, "a number"),
    };

    private bool? Flag(string name) => Find(name) switch
    {
        null => null,
        YamlScalarNode { Value: "true" } => true,
        YamlScalarNode { Value: "false" } => false,
        var other => Wrong<bool?>(other, name, "true or false"),
    };

    // 90, 90s, 5m, 2h.
    private int? Span(string name)
    {
        var node = Find(name);
        if (node is null)
        {
            return null;
        }

        var text = (node as YamlScalarNode)?.Value ?? "";
        var unit = text is [.., var last] ? last switch { 's' => 1, 'm' => 60, 'h' => 3_600, _ => 0 } : 0;
        return int.TryParse(unit == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1_000_000
            ? number * Math.Max(1, unit)
            : Wrong<int?>(node, name, "a time such as 90s, 5m or 2h");
    }

    private Dictionary<string, string>? Map(string name) => Find(name) switch
    {
        null => null,
        YamlMappingNode map when map.Children.All(pair => pair is { Key: YamlScalarNode, Value: YamlScalarNode }) =>
            map.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => ((YamlScalarNode)pair.Value).Value ?? "", StringComparer.Ordinal),
        var other => Wrong<Dictionary<string, string>>(other, name, "labels with their values"),
    };

    private string[]? List(string name) => Find(name) switch
    {
        null => null,
        YamlSequenceNode list when list.Children.All(item => item is YamlScalarNode) => [.. list.Children.Select(item => ((YamlScalarNode)item).Value ?? "")],
        var other => Wrong<string[]>(other, name, "a list of names"),
    };

    private T? Wrong<T>(YamlNode node, string name, string expected)
    {
        problems.Add(new RuleFileProblem(node.Start.Line, $"{name}: it has to be {expected}."));
        return default;
    }
}

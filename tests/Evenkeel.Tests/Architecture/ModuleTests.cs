using System.Text.RegularExpressions;
using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Architecture;

/// <summary>The rules of ARCHITECTURE.md that a build cannot hold by itself.</summary>
public sealed partial class ModuleTests
{
    // Each module and what it may refer to: arrows only point downwards. A change here is a change of the architecture.
    private static readonly Dictionary<string, string[]> Table = new()
    {
        ["Contracts"] = [],
        ["Platform"] = ["Contracts"],
        ["Accounts"] = ["Platform"],
        ["Realtime"] = ["Accounts"],
        ["Timeline"] = ["Realtime"],
        ["Models"] = ["Platform"],
        ["Chatbots"] = ["Accounts"],
        ["Knowledge"] = ["Chatbots", "Models", "Timeline"],
        ["Catalog"] = ["Accounts"],
        ["Search"] = ["Catalog", "Knowledge", "Models"],
        ["Chat"] = ["Accounts", "Catalog", "Chatbots", "Models", "Realtime", "Search", "Timeline"],
        ["Host"] = ["Chat"],
    };

    // Work that belongs to no tenant. Everything else runs in an organization's scope.
    private static readonly string[] SystemScope =
    [
        "src/Evenkeel.Accounts/ApiKeys/FindApiKey.cs",
        "src/Evenkeel.Accounts/ApiKeys/KeyUses.cs",
        "src/Evenkeel.Accounts/Credits/RefillCredits.cs",
        "src/Evenkeel.Accounts/Operators.cs",
        "src/Evenkeel.Accounts/Organizations.cs",
        "src/Evenkeel.Accounts/Registration/Register.cs",
        "src/Evenkeel.Accounts/Sessions/ForgetExpired.cs",
        "src/Evenkeel.Accounts/Sessions/LogOut.cs",
        "src/Evenkeel.Accounts/Sessions/RefreshSession.cs",
        "src/Evenkeel.Accounts/Sessions/StreamTickets.cs",
        "src/Evenkeel.Accounts/SignIn/LogIn.cs",
        "src/Evenkeel.Accounts/Tokens/LoadSigningKey.cs",
        "src/Evenkeel.Chat/Delivery/LookAtTurns.cs",
        "src/Evenkeel.Chat/Operations/Bulk/RunBulkJobs.cs",
        "src/Evenkeel.Chat/Operations/QueueGauges.cs",
        "src/Evenkeel.Chat/Operations/ReadQueue.cs",
        "src/Evenkeel.Chat/Turns/ClaimTurns.cs",
        "src/Evenkeel.Chat/Turns/PausedConversations.cs",
        "src/Evenkeel.Chat/Turns/PingWorkers.cs",
        "src/Evenkeel.Chat/Turns/QueueMonitor.cs",
        "src/Evenkeel.Chat/Turns/RecoverTurns.cs",
        "src/Evenkeel.Chat/Turns/ReleaseTurns.cs",
        "src/Evenkeel.Chat/Turns/RunTurns.cs",
        "src/Evenkeel.Chat/Turns/TellOfModels.cs",
        "src/Evenkeel.Chat/Turns/WorkerHealth.cs",
        "src/Evenkeel.Chat/Turns/WorkerIdentity.cs",
        "src/Evenkeel.Host/Server/Parts/ClockHealth.cs",
        "src/Evenkeel.Host/Server/Parts/DatabaseHealth.cs",
        "src/Evenkeel.Knowledge/Embedding/ReembedKnowledge.cs",
        "src/Evenkeel.Knowledge/Fetching/ScheduleFetches.cs",
        "src/Evenkeel.Knowledge/Ingestion/RemoveDeleted.cs",
        "src/Evenkeel.Knowledge/Jobs/ClaimJobs.cs",
        "src/Evenkeel.Knowledge/Jobs/RunJobs.cs",
        "src/Evenkeel.Knowledge/Terms/RenewAnalysis.cs",
        "src/Evenkeel.Search/Catalogue/Handles/ForgetHandles.cs",
        "src/Evenkeel.Search/Catalogue/Indexing/IndexEvents.cs",
        "src/Evenkeel.Search/Catalogue/Meaning/EmbedEvents.cs",
        "src/Evenkeel.Search/Catalogue/WarmSearch.cs",
        "src/Evenkeel.Search/Vectors/PgVector/FillVectorTable.cs",
        "src/Evenkeel.Search/Vectors/PgVector/PgVectorTable.cs",
        "src/Evenkeel.Timeline/Alerts/ForgetAlerts.cs",
        "src/Evenkeel.Timeline/Alerts/Notifying/SendNotifications.cs",
        "src/Evenkeel.Timeline/Alerts/Rounds/JudgeAlerts.cs",
        "src/Evenkeel.Timeline/Alerts/Rules/RuleOwners.cs",
        "src/Evenkeel.Timeline/Analytics/Aggregating/AggregateMetrics.cs",
        "src/Evenkeel.Timeline/Analytics/ForgetMetrics.cs",
        "src/Evenkeel.Timeline/Analytics/Gauges/StorageGauges.cs",
        "src/Evenkeel.Timeline/Analytics/Gauges/TellReadings.cs",
        "src/Evenkeel.Timeline/Analytics/Series/ReadPoints.cs",
        "src/Evenkeel.Timeline/Live/ReadNews.cs",
        "src/Evenkeel.Timeline/Recording/CopyEntries.cs",
        "src/Evenkeel.Timeline/Recording/EventLeaf.cs",
        "src/Evenkeel.Timeline/Recording/MaintainPartitions.cs",
        "src/Evenkeel.Timeline/Retention/DeleteEvents.cs",
        "src/Evenkeel.Timeline/Retention/DropDays.cs",
        "src/Evenkeel.Timeline/Retention/ExportEvents.cs",
        "src/Evenkeel.Timeline/Retention/KeepPinned.cs",
        "src/Evenkeel.Timeline/Retention/PinSessions.cs",
        "src/Evenkeel.Timeline/Retention/ReadStats.cs",
        "src/Evenkeel.Timeline/Retention/ReadStored.cs",
        "src/Evenkeel.Timeline/Retention/RetainEvents.cs",
        "src/Evenkeel.Timeline/Webhooks/ClaimBatches.cs",
        "src/Evenkeel.Timeline/Webhooks/ForgetDeliveries.cs",
    ];

    private const string RoleOfPeople = "RequireManager";

    [Fact]
    public void Projects_refer_to_each_other_as_the_table_says()
    {
        var found = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(Module, file => XDocument.Load(file).Descendants("ProjectReference").Select(reference => Module(reference.Attribute("Include")!.Value)).Order().ToArray());

        found.Keys.Order().ShouldBe(Table.Keys.Order());
        foreach (var (module, references) in Table)
        {
            found[module].ShouldBe(references, module);
        }
    }

    [Fact]
    public void Work_outside_every_tenant_is_done_in_the_places_listed_and_nowhere_else() =>
        Repository.Sources().Where(file => file.Text.Contains("DataScope.System", StringComparison.Ordinal)).Select(file => file.Path).Order(StringComparer.Ordinal)
            .ShouldBe(SystemScope);

    [Fact]
    public void Npgsql_connections_are_opened_by_the_platform_and_the_host_only() =>
        Repository.Sources().Where(file => DirectConnection.IsMatch(file.Text)).Select(file => file.Path.Split('/')[1]).Distinct().Order()
            .ShouldBe(["Evenkeel.Host", "Evenkeel.Platform"]);

    [Fact]
    public void Tables_refer_to_tables_of_their_own_module_or_one_below()
    {
        var owners = Migrations().SelectMany(file => Tables.Matches(file.Text).Select(match => (Table: match.Groups["table"].Value, file.Module))).ToDictionary();
        foreach (var (module, text) in Migrations())
        {
            foreach (Match reference in References.Matches(text))
            {
                var owner = owners[reference.Groups["table"].Value];
                (owner == module || IsBelow(owner, module)).ShouldBeTrue($"{module} refers to {owner}'s {reference.Groups["table"].Value}");
            }
        }
    }

    [Theory]
    [InlineData("Utils")]
    [InlineData("Helpers")]
    [InlineData("Common")]
    [InlineData("Manager")]
    [InlineData("Misc")]
    public void No_file_or_folder_has_a_name_that_says_nothing(string name) =>
        Repository.Sources()
            .Where(file => file.Path.Split('/', '.').Any(part => part != RoleOfPeople && part.EndsWith(name, StringComparison.OrdinalIgnoreCase)))
            .Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Repository.Sources().Where(file => file.Text.Count(character => character == '\n') > 400).Select(file => file.Path).ShouldBeEmpty();

    private static bool IsBelow(string lower, string upper) => Table[upper].Any(one => one == lower || IsBelow(lower, one));

    private static IEnumerable<(string Module, string Text)> Migrations() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.sql", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "Migrations")
            .Select(file => (Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(file)))!.Split('.')[1], File.ReadAllText(file)));

    private static string Module(string projectFile) => Path.GetFileNameWithoutExtension(projectFile).Split('.')[1];

    [GeneratedRegex(@"new NpgsqlConnection\(|NpgsqlDataSource\.Create|new NpgsqlDataSourceBuilder")]
    private static partial Regex DirectConnection { get; }

    [GeneratedRegex(@"CREATE TABLE (?<table>\w+) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Tables { get; }

    [GeneratedRegex(@"REFERENCES (?<table>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex References { get; }
}

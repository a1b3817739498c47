using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Host.Server;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

/// <summary><c>evenkeel catalogue import</c>, as the program that people call.</summary>
public sealed class CatalogueImportCommandTests
{
    private const string Table = "Titel,Beginn,Stadt\nKeel Days,14.03.2097,Berlin\nRudder Night,40.03.2097,Paris\n";
    private const string Mapping = """{"title":"Titel","starts":"Beginn","city":"Stadt"}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_goes_into_the_only_organization_and_bad_rows_are_named_and_told_by_the_exit_code()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        var file = await FileAsync("events.csv", Table);
        var mapping = await FileAsync("mapping.json", Mapping);
        string[] call = ["catalogue", "import", file, "--mapping", mapping];

        var (dryCode, dry) = await RunAsync(server, [.. call, "--dry-run"]);
        var events = await EventsAsync(account);
        var (code, output) = await RunAsync(server, call);

        (dryCode, code).ShouldBe((1, 1), dry + output);
        dry.ShouldContain("nothing was changed");
        events.ShouldBeEmpty();
        output.ShouldMatch(@"rows +2\s+created +1\s");
        output.ShouldMatch(@"bad rows +1\s");
        output.ShouldContain("line 3, starts: “40.03.2097” is not a date");
        var found = (await EventsAsync(account)).ShouldHaveSingleItem();
        (found.Title, found.Location!.Name, found.StartsOn).ShouldBe(("Keel Days", "Berlin", new DateOnly(2097, 3, 14)));
        (await account.GetAsync<Page<CatalogueImport>>("/api/v1/events/imports")).Items.ShouldHaveSingleItem().UserId.ShouldBeNull();

        await File.WriteAllTextAsync(file, Table[..Table.IndexOf("Rudder", StringComparison.Ordinal)], Stop);
        var (again, unchanged) = await RunAsync(server, call);
        again.ShouldBe(0, unchanged);
        unchanged.ShouldMatch(@"unchanged +1\s");
    }

    [Fact]
    public async Task Of_several_organizations_one_has_to_be_named_and_a_wrong_call_does_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var first = await server.RegisterAsync();
        var second = await server.RegisterAsync();
        var file = await FileAsync("events.json", """[{"title":"Keel Days","starts":"2097-03-14"}]""");

        var (unnamed, listed) = await RunAsync(server, ["catalogue", "import", file]);
        var (unknownFormat, _) = await RunAsync(server, ["catalogue", "import", file, "--format", "xml"]);
        var (noFile, _) = await RunAsync(server, ["catalogue", "import", file + ".gone"]);
        var (wrongZone, why) = await RunAsync(server, ["catalogue", "import", file, "--organization", Id(second), "--time-zone", "Mars/Phobos"]);
        var (named, output) = await RunAsync(server, ["catalogue", "import", file, "--organization", Id(second)]);

        (unnamed, unknownFormat, noFile, wrongZone).ShouldBe((2, 2, 2, 2));
        listed.ShouldContain(Id(first));
        listed.ShouldContain(Id(second));
        why.ShouldContain("--time-zone: A name such as Europe/Berlin.");
        named.ShouldBe(0, output);
        (await EventsAsync(first)).ShouldBeEmpty();
        (await EventsAsync(second)).ShouldHaveSingleItem();
        var (refused, reason) = await RunAsync(server, ["catalogue", "import", await FileAsync("broken.json", "[{"), "--organization", Id(second)]);
        refused.ShouldBe(1);
        reason.ShouldContain("broken.json: Line 1: this is not valid JSON");
    }

    [Fact]
    public async Task With_the_embedded_database_it_works_beside_the_running_server_and_without_it()
    {
        var data = TestFolder.New("data");
        TestFolder.Create(data);
        var settings = new Dictionary<string, string?> { ["Data:Directory"] = data, ["Urls"] = "http://127.0.0.1:0", ["Logging:LogLevel:Default"] = "Warning" };
        string[] call = ["catalogue", "import", await FileAsync("events.json", """[{"title":"Keel Days","starts":"2097-03-14"}]""")];

        await using (var server = await RunningServer.StartAsync(settings, Stop, services => services.AddLogging(logging => logging.ClearProviders())))
        {
            var account = await TestAccount.RegisterAsync(server.Address);
            var (code, output) = await EvenkeelProgram.RunAsync(call, settings);
            code.ShouldBe(0, output);
            (await EventsAsync(account)).ShouldHaveSingleItem();
        }

        var (alone, unchanged) = await EvenkeelProgram.RunAsync(call, settings);
        alone.ShouldBe(0, unchanged);
        unchanged.ShouldMatch(@"unchanged +1\s");
    }

    private static Task<(int ExitCode, string Output)> RunAsync(TestServer server, string[] arguments) => EvenkeelProgram.RunAsync(arguments, new()
    {
        ["ConnectionStrings:Evenkeel"] = server.Database.ApplicationConnectionString, ["Database:Migrate"] = "false", ["Data:Directory"] = TestFolder.New("data"),
    });

    private static async Task<string> FileAsync(string name, string text)
    {
        var folder = TestFolder.New("import");
        TestFolder.Create(folder);
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text, Stop);
        return path;
    }

    private static async Task<IReadOnlyList<CatalogueEvent>> EventsAsync(TestAccount account) => (await account.GetAsync<Page<CatalogueEvent>>("/api/v1/events")).Items;

    private static string Id(TestAccount account) => account.SignedIn.Organization.Id.ToString();
}

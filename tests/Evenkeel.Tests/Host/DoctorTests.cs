using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

/// <summary>The doctor names what is missing or broken, with the fix, and starts nothing.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task The_default_needs_nothing_and_is_told_what_could_be_added()
    {
        var (code, output) = await EvenkeelProgram.RunAsync("doctor", Settings());

        code.ShouldBe(0, output);
        output.ShouldContain("embedded PostgreSQL from");
        output.ShouldContain("Models__Chat__Provider");
        output.ShouldContain("MB free");
        output.ShouldNotContain("broken");
    }

    [Fact]
    public async Task Every_broken_part_is_named_with_its_fix()
    {
        var settings = Settings();
        settings["ConnectionStrings:Evenkeel"] = "Host=127.0.0.1;Port=1;Database=evenkeel;Username=keeper;Password=hunter2";
        settings["Models:Chat:Provider"] = "openai";
        settings["Models:Chat:Endpoint"] = "http://127.0.0.1:1/v1";
        settings["Models:Chat:Model"] = "any";
        settings["Models:Chat:Fallbacks:0:Provider"] = "openai";
        settings["Models:Chat:Fallbacks:0:Endpoint"] = "http://127.0.0.1:2/v1";
        settings["Models:Chat:Fallbacks:0:Model"] = "other";
        settings["Models:Moderation:Endpoint"] = "http://127.0.0.1:3/v1";
        settings["Health:LeastFreeMegabytes"] = "2000000000";
        settings["WebDirectory"] = TestFolder.New("no-pages");

        var (code, output) = await EvenkeelProgram.RunAsync("doctor", settings);

        code.ShouldBe(1, output);
        foreach (var fix in new[]
        {
            "Check ConnectionStrings__Evenkeel", "set Models__Chat__Endpoint", "set Models__Chat__Fallbacks__0__Endpoint", "Look at Models__Moderation__Endpoint",
            "Free some space", "Point WebDirectory",
        })
        {
            output.ShouldContain(fix);
        }

        output.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_pooler_is_found_and_settings_that_cannot_be_are_refused_before_the_start()
    {
        Assert.SkipUnless(TestPooler.IsInstalled, "PgBouncer is not installed");
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: TestContext.Current.CancellationToken);
        await using var pooler = await TestPooler.StartAsync();
        var settings = Settings();
        settings["ConnectionStrings:Evenkeel"] = pooler.Through(database.OwnerConnectionString);
        (await EvenkeelProgram.RunAsync("migrate", settings)).ExitCode.ShouldBe(0);
        settings["Chat:ConcurrentTurns"] = "-1";

        var (code, output) = await EvenkeelProgram.RunAsync("doctor", settings);

        code.ShouldBe(1, output);
        output.ShouldContain("transaction pooling, decided by behaviour");
        output.ShouldContain("the server would not start");
        output.ShouldContain("ConcurrentTurns");
    }

    private static Dictionary<string, string?> Settings() => new() { ["Urls"] = "http://127.0.0.1:0", ["Data:Directory"] = TestFolder.New("data") };
}

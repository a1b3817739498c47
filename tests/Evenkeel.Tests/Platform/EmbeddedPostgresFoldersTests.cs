using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Platform;

/// <summary>Which folders the embedded database takes, refuses, and leaves alone.</summary>
public sealed class EmbeddedPostgresFoldersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_with_somebody_elses_files_is_refused_and_not_touched()
    {
        var folder = TestFolder.New("foreign");
        TestFolder.Create(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "holiday.txt"), "sun", Cancellation);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(EmbeddedPostgresTests.Options(folder)));

        refusal.Message.ShouldContain("holiday.txt");
        Directory.GetFileSystemEntries(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_PostgreSQL_cluster_that_is_not_ours_is_refused_with_its_version()
    {
        var folder = TestFolder.New("cluster");
        TestFolder.Create(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "PG_VERSION"), "15\n", Cancellation);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(EmbeddedPostgresTests.Options(folder)));

        refusal.Message.ShouldContain("PostgreSQL 15");
        Directory.GetFileSystemEntries(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_database_of_another_major_version_is_refused_with_both_versions()
    {
        var folder = TestFolder.New("version");
        CreateRecorded(folder);
        var cluster = Path.Combine(folder, "postgresql", "cluster");
        TestFolder.Create(cluster);
        await File.WriteAllTextAsync(Path.Combine(cluster, "PG_VERSION"), "17\n", Cancellation);
        var before = Directory.GetLastWriteTimeUtc(folder);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(EmbeddedPostgresTests.Options(folder)));

        refusal.Message.ShouldContain("PostgreSQL 17");
        refusal.Message.ShouldContain("PostgreSQL 18");
        refusal.Message.ShouldContain("dump");
        Directory.GetLastWriteTimeUtc(folder).ShouldBe(before);
    }

    [Fact]
    public async Task A_lost_database_is_reported_and_not_replaced_by_an_empty_one()
    {
        var folder = TestFolder.New("lost");
        CreateRecorded(folder);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(EmbeddedPostgresTests.Options(folder)));

        refusal.Message.ShouldContain("missing");
    }

    [Fact]
    public async Task A_first_start_that_was_interrupted_is_completed_by_the_next()
    {
        var folder = TestFolder.New("interrupted");
        TestFolder.Create(folder);
        DatabaseRecord.Create().Write(folder);
        TestFolder.Create(Path.Combine(folder, "postgresql"));
        TestFolder.Create(Path.Combine(folder, "postgresql", "cluster.new"));
        await File.WriteAllTextAsync(Path.Combine(folder, "postgresql", "cluster.new", "PG_VERSION"), "18\n", Cancellation);

        await using var server = await StartAsync(EmbeddedPostgresTests.Options(folder));

        Directory.Exists(Path.Combine(folder, "postgresql", "cluster.new")).ShouldBeFalse();
    }

    [Fact]
    public async Task Missing_binaries_are_reported_with_the_setting_to_correct()
    {
        var options = EmbeddedPostgresTests.Options(TestFolder.New("binaries")) with { Binaries = TestFolder.New("nothing") };

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(options));

        refusal.Message.ShouldContain("Database:EmbeddedBinaries");
        Directory.Exists(options.DataDirectory).ShouldBeFalse();
    }

    [Fact]
    public async Task Under_a_private_home_root_keeps_database_and_binaries_elsewhere_and_finds_them_again()
    {
        Assert.SkipUnless(ChooseAccount.IsRoot, "Only root starts PostgreSQL as another account.");
        var home = TestFolder.New("home");
        TestFolder.CreateWith(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        CopyFolder(FindBinaries.Find(null).Directory, Path.Combine(home, "binaries"));
        var system = TestFolder.New("system");
        var options = EmbeddedPostgresTests.Options(Path.Combine(home, "data")) with
        {
            Binaries = Path.Combine(home, "binaries"),
            SystemDirectory = system,
        };

        var first = await StartAndStopAsync(options);
        var second = await StartAndStopAsync(options);

        first.ShouldStartWith(system);
        second.ShouldBe(first);
        Directory.GetDirectories(system, "binaries-*").ShouldHaveSingleItem();
    }

    /// <summary>A data folder that remembers a database.</summary>
    private static void CreateRecorded(string folder)
    {
        TestFolder.Create(folder);
        (DatabaseRecord.Create() with { IsInitialized = true }).Write(folder);
    }

    private static Task<EmbeddedPostgresServer> StartAsync(EmbeddedPostgresOptions options) =>
        EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, TimeProvider.System, Cancellation);

    private static async Task<string> StartAndStopAsync(EmbeddedPostgresOptions options)
    {
        await using var server = await StartAsync(options);
        return server.ClusterDirectory;
    }

    private static void CopyFolder(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in new DirectoryInfo(source).EnumerateFiles().Where(file => file.LinkTarget is null))
            file.CopyTo(Path.Combine(target, file.Name));
        foreach (var folder in new DirectoryInfo(source).EnumerateDirectories())
            CopyFolder(folder.FullName, Path.Combine(target, folder.Name));
    }
}

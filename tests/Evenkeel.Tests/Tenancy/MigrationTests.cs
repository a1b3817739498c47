using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Tenancy;

/// <summary>Program and database must fit.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_that_migrate_at_once_apply_each_file_once()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync(database, Modules.Migrations)));

        applied.Count(names => names.Count > 0).ShouldBe(1);
        applied.Sum(names => names.Count).ShouldBe(Modules.Migrations.Count);
        (await MigrateAsync(database, Modules.Migrations)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_applied_file_that_was_changed_is_refused_by_name()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await MigrateAsync(database, Modules.Migrations);
        var changed = Modules.Migrations.Select(file => file.Name == "Chat/0001_chat.sql" ? file with { Text = file.Text + " " } : file);

        // "with" keeps the checksum that was computed first.
        var failure = await Should.ThrowAsync<MigrationException>(() => MigrateAsync(database, [.. changed.Select(file => new Migration(file.Module, file.FileName, file.Text))]));

        failure.Message.ShouldContain("Chat/0001_chat.sql was changed");
    }

    [Fact]
    public async Task An_applied_file_that_the_program_does_not_have_is_refused_by_name()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await MigrateAsync(database, [.. Modules.Migrations, new Migration("Chat", "0099_later.sql", "CREATE TABLE later (id int)")]);

        var failure = await Should.ThrowAsync<MigrationException>(() => MigrateAsync(database, Modules.Migrations));

        failure.Message.ShouldContain("Chat/0099_later.sql");
    }

    [Fact]
    public async Task Line_ends_do_not_count_as_a_change()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        await MigrateAsync(database, Modules.Migrations);

        (await MigrateAsync(database, [.. Modules.Migrations.Select(file => new Migration(file.Module, file.FileName, file.Text.ReplaceLineEndings("\r\n")))])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_behind()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);

        var failure = await Should.ThrowAsync<MigrationException>(() => MigrateAsync(database,
            [new Migration("Chat", "0001_good.sql", "CREATE TABLE good (id int)"), new Migration("Chat", "0002_bad.sql", "CREATE TABLE good (id int)")]));

        failure.Message.ShouldContain("Chat/0002_bad.sql");
        (await database.LookAsync<long>("SELECT count(*) FROM pg_class WHERE relname IN ('good', 'schema_migrations')")).ShouldBe(0);
    }

    [Fact]
    public async Task The_verb_migrates_and_says_what_it_did()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Stop);
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Evenkeel"] = database.OwnerConnectionString, ["Data:Directory"] = TestFolder.New("data") };

        var (code, output) = await EvenkeelProgram.RunAsync("migrate", settings);
        var (secondCode, secondOutput) = await EvenkeelProgram.RunAsync("migrate", settings);

        code.ShouldBe(0, output);
        output.ShouldContain($"Applied {Modules.Migrations.Count}:");
        output.ShouldContain("Chat/0001_chat.sql");
        secondCode.ShouldBe(0);
        secondOutput.ShouldContain("up to date");
        await database.ChangeAsync("UPDATE schema_migrations SET checksum = 'other' WHERE module = 'Chat' AND file_name = '0001_chat.sql'");
        var (refused, reason) = await EvenkeelProgram.RunAsync("migrate", settings);
        refused.ShouldBe(1);
        reason.ShouldContain("Chat/0001_chat.sql was changed");
    }

    private static Task<IReadOnlyList<string>> MigrateAsync(TestDatabase database, IReadOnlyList<Migration> migrations) =>
        new Migrator(database.OwnerConnectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance).RunAsync(migrations, true, Stop);
}
